import { useEffect, type ReactNode } from 'react';
import { RefusedError } from '../../data/call.ts';
import { words } from '../../words/index.ts';
import styles from './sign-in.module.css';

/** The frame of both forms, with the server's reason if it refused. */
export function SignInForm(props: {
  readonly title: string;
  readonly error: unknown;
  /** Said while there is no error. */
  readonly failure?: string | null;
  readonly submit: () => void;
  readonly children: ReactNode;
}) {
  const { title, error, submit } = props;
  useEffect(() => {
    document.title = `${title} · ${words.product}`;
  }, [title]);
  return (
    <main className={styles.page}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p className={styles.brand}>{words.product}</p>
        <h1>{title}</h1>
        {props.children}
        <div role="alert" className={styles.error}>
          {error === null ? (props.failure ?? null) : describe(error)}
        </div>
      </form>
    </main>
  );
}

function describe(error: unknown): string {
  if (!(error instanceof RefusedError)) return words.states.unreachable;
  const { title, detail, problems = [] } = error.problem;
  return [detail ?? title, ...problems].join(' ');
}
