import { type NewProposal } from '@leakwatch/console/schemas';
import { Button, TextInput } from '@mantine/core';
import { type UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { describeRefusal } from '../../incident/use-moves.ts';
import styles from './rules.module.css';

/** Asks another person to put an edited text in force. */
export function ProposeText(props: {
  readonly text: string;
  readonly propose: UseMutationResult<unknown, Error, NewProposal>;
  readonly texts: { readonly propose: string; readonly proposeWhy: string; readonly proposeHint: string };
}) {
  const { text, propose, texts } = props;
  const [reason, setReason] = useState('');
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
        label={texts.proposeWhy}
        description={texts.proposeHint}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={propose.isPending}>
        {texts.propose}
      </Button>
      <p role="alert">{propose.error !== null && describeRefusal(propose.error)}</p>
    </form>
  );
}
