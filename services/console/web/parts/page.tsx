import { useEffect, type ReactNode } from 'react';
import { words } from '../words/index.ts';
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

/** A table that scrolls by itself on a small screen. */
export function Table(props: {
  readonly label: string;
  readonly heads: readonly string[];
  readonly children: ReactNode;
}) {
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label={props.label}>
      <table className={styles.table}>
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
