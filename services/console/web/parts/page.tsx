import { useEffect, type ReactNode } from 'react';
import { words } from '../words/index.ts';
import { classNames } from './class-names.ts';
import styles from './parts.module.css';

/** A page: its name in the window's title, a bar, and its content. */
export function Page(props: {
  readonly title: string;
  readonly bar?: ReactNode;
  readonly children: ReactNode;
}) {
  const { title } = props;
  useEffect(() => {
    document.title = `${title} · ${words.product}`;
  }, [title]);
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <h1>{title}</h1>
        {props.bar}
      </header>
      <div className={styles.body}>{props.children}</div>
    </div>
  );
}

/** As many columns don't fit a small screen. */
const WIDE = 4;

/** A table; on a small screen each row of many columns is a card, with the head of each column before its value. */
export function Table(props: {
  readonly label: string;
  readonly heads: readonly string[];
  readonly children: ReactNode;
}) {
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label={props.label}>
      <table
        className={classNames(styles.table, props.heads.length >= WIDE ? styles.cards : undefined)}
        style={headsOf(props.heads)}
      >
        <thead>
          <tr>
            {props.heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{props.children}</tbody>
      </table>
    </div>
  );
}

/** The heads as texts that the style of a card can show: `--head-1: "Creator"`. */
function headsOf(heads: readonly string[]): Record<`--head-${number}`, string> {
  return Object.fromEntries(heads.map((head, index) => [`--head-${index + 1}`, JSON.stringify(head)]));
}
