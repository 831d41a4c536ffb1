import { type Proposal, type ProposalDecision } from '@leakwatch/console/schemas';
import { Button, TextInput } from '@mantine/core';
import { type UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../../data/session.ts';
import { describeRefusal } from '../../incident/use-moves.ts';
import { diffLines, withNeighbours } from '../../lib/diff-lines.ts';
import { Card } from '../../parts/card.tsx';
import { Instant } from '../../parts/instant.tsx';
import { words } from '../../words/index.ts';
import styles from './rules.module.css';

const TEXTS = words.rules;
const AROUND = 2;

/** A change that waits for another person: what it changes, who wants it and why. */
export function ProposalCard(props: {
  /** The text in force. */
  readonly text: string;
  readonly proposal: Proposal;
  readonly decide: UseMutationResult<unknown, Error, ProposalDecision & { readonly id: string }>;
  readonly texts: { readonly proposal: string; readonly changes: string };
}) {
  const { text, proposal, decide, texts } = props;
  const { account } = useSession();
  const [note, setNote] = useState('');
  const button = (decision: ProposalDecision['decision'], label: string) => (
    <Button
      variant={decision === 'approved' ? 'filled' : 'default'}
      loading={decide.isPending}
      onClick={() => decide.mutate({ id: proposal.id, decision, note })}
    >
      {label}
    </Button>
  );
  return (
    <Card title={texts.proposal}>
      <p>
        <b>{proposal.by}</b> <Instant at={proposal.at} as="ago" />: {proposal.reason}
      </p>
      <pre className={styles.text} tabIndex={0} role="region" aria-label={texts.changes}>
        {withNeighbours(diffLines(text, proposal.text), AROUND).map((line, at) => (
          <Line key={at} kind={line?.kind ?? 'same'} text={line?.text ?? '…'} />
        ))}
      </pre>
      {account.name === proposal.by ? (
        button('withdrawn', TEXTS.withdraw)
      ) : (
        <div className={styles.form}>
          <TextInput
            label={TEXTS.note}
            value={note}
            onChange={({ currentTarget }) => setNote(currentTarget.value)}
          />
          {button('approved', TEXTS.approve)}
          {button('refused', TEXTS.refuse)}
        </div>
      )}
      <p role="alert">{decide.error !== null && describeRefusal(decide.error)}</p>
    </Card>
  );
}

function Line({ kind, text }: { readonly kind: 'same' | 'added' | 'removed'; readonly text: string }) {
  if (kind === 'added') return <ins className={styles.line}>{`+ ${text}\n`}</ins>;
  if (kind === 'removed') return <del className={styles.line}>{`− ${text}\n`}</del>;
  return `  ${text}\n`;
}
