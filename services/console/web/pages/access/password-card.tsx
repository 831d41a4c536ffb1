import { SHORTEST_PASSWORD } from '@leakwatch/console/schemas';
import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useChangePassword } from '../../data/access.ts';
import { describeRefusal } from '../../incident/use-moves.ts';
import { Card } from '../../parts/card.tsx';
import { words } from '../../words/index.ts';
import styles from './access.module.css';

const TEXTS = words.access.password;

/** Changes the password of the person at the screen. */
export function PasswordCard() {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useChangePassword();
  const empty = () => {
    setCurrent('');
    setNext('');
  };
  return (
    <Card title={TEXTS.title}>
      <p>{TEXTS.hint}</p>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ current, next }, { onSuccess: empty });
        }}
      >
        <PasswordInput
          className={styles.password}
          label={TEXTS.current}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={current}
          onChange={({ currentTarget }) => setCurrent(currentTarget.value)}
        />
        <PasswordInput
          className={styles.password}
          label={TEXTS.next}
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={SHORTEST_PASSWORD}
          value={next}
          onChange={({ currentTarget }) => setNext(currentTarget.value)}
        />
        <Button type="submit" loading={change.isPending}>
          {TEXTS.change}
        </Button>
      </form>
      <p role="status">{change.isSuccess && TEXTS.changed}</p>
      <p role="alert">{change.error !== null && describeRefusal(change.error)}</p>
    </Card>
  );
}
