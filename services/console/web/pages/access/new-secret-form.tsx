import { Button, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { describeRefusal } from '../../incident/use-moves.ts';
import styles from './access.module.css';
import { ShownOnce } from './shown-once.tsx';

/** Names something new, and shows the secret that the server makes for it. */
export function NewSecretForm(props: {
  /** The label of its name. */
  readonly label: string;
  readonly submit: (name: string) => void;
  readonly action: string;
  readonly request: { readonly isPending: boolean; readonly error: Error | null };
  readonly hint: string;
  /** Undefined until there is one. */
  readonly secret: string | undefined;
  /** Further fields. */
  readonly children: ReactNode;
}) {
  const { label, submit, action, request, hint, secret, children } = props;
  const [name, setName] = useState('');
  return (
    <>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit(name.trim());
        }}
      >
        <TextInput
          label={label}
          required
          withAsterisk={false}
          autoComplete="off"
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        {children}
        <Button type="submit" loading={request.isPending}>
          {action}
        </Button>
      </form>
      <p role="alert">{request.error !== null && describeRefusal(request.error)}</p>
      {secret !== undefined && <ShownOnce hint={hint} secret={secret} />}
    </>
  );
}
