import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useProposeRules } from '../../data/operations.ts';
import { describeRefusal } from '../../incident/use-moves.ts';
import { words } from '../../words/index.ts';
import styles from './rules.module.css';

const TEXTS = words.rules;

/** Asks another person to put edited rules in force. */
export function ProposeRules({ text }: { readonly text: string }) {
  const [reason, setReason] = useState('');
  const propose = useProposeRules();
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        propose.mutate({ text, reason });
      }}
    >
      <TextInput
        required
        label={TEXTS.proposeWhy}
        description={TEXTS.proposeHint}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={propose.isPending}>
        {TEXTS.propose}
      </Button>
      <p role="alert">{propose.error !== null && describeRefusal(propose.error)}</p>
    </form>
  );
}
