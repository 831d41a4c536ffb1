import { Button } from '@mantine/core';
import { type ReactNode } from 'react';
import { RefusedError } from '../data/call.ts';
import { words } from '../words/index.ts';
import styles from './parts.module.css';

/** The shape of a list while it loads. */
export function Slow({ lines = 6 }: { readonly lines?: number }) {
  return (
    <div className={styles.slow} role="status" aria-label={words.loading}>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} />
      ))}
    </div>
  );
}

/** Says what went wrong and what to do about it. */
export function Broken({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const refused = error instanceof RefusedError ? error.problem : null;
  return (
    <div className={styles.state} role="alert">
      <h2>{refused?.title ?? words.states.brokenTitle}</h2>
      <p>{refused === null ? words.states.unreachable : refused.detail}</p>
      {retry !== undefined && (
        <Button variant="default" onClick={retry}>
          {words.retry}
        </Button>
      )}
    </div>
  );
}

export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className={styles.state}>
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** Shows what a query has: its shape, its trouble, or its data. */
export function Loaded<T>({
  query,
  children,
}: {
  readonly query: {
    readonly data: T | undefined;
    readonly error: unknown;
    readonly refetch: () => unknown;
  };
  readonly children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <Broken error={query.error} retry={() => void query.refetch()} />;
  return <Slow />;
}
