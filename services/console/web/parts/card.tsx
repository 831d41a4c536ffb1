import { useId, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './parts.module.css';

/** A part of a page with its heading. */
export function Card(props: {
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={classNames(styles.card, props.className)} aria-labelledby={id}>
      <header className={styles.cardHead}>
        <h2 id={id}>{props.title}</h2>
        {props.aside}
      </header>
      {props.children}
    </section>
  );
}

/** Names and values, one a line. */
export function Facts({ rows }: { readonly rows: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
