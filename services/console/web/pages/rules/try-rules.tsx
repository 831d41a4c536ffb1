import { Button, Textarea } from '@mantine/core';
import { type TriedRules } from '@leakwatch/console/schemas';
import { useState } from 'react';
import { RefusedError } from '../../data/call.ts';
import { useTryRules } from '../../data/operations.ts';
import { describeRefusal } from '../../incident/use-moves.ts';
import { formatShare } from '../../lib/format-time.ts';
import { Card } from '../../parts/card.tsx';
import { words } from '../../words/index.ts';
import styles from './rules.module.css';

const TEXTS = words.rules;

/** Tries an edited ruleset against the stored detections; nothing changes. */
export function TryRules({ text: current }: { readonly text: string }) {
  const [text, setText] = useState(current);
  const trial = useTryRules();
  const problems = trial.error instanceof RefusedError ? (trial.error.problem.problems ?? []) : [];
  return (
    <Card title={TEXTS.tryTitle}>
      <Textarea
        label={TEXTS.tryLabel}
        description={TEXTS.tryHint}
        rows={12}
        spellCheck={false}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Button loading={trial.isPending} onClick={() => trial.mutate(text)}>
        {TEXTS.tryIt}
      </Button>
      <div role="status">
        {trial.error !== null && problems.length === 0 && describeRefusal(trial.error)}
        {problems.map((line) => (
          <p key={line}>{line}</p>
        ))}
        {trial.data !== undefined && <Tried tried={trial.data} />}
      </div>
    </Card>
  );
}

function Tried({ tried }: { readonly tried: TriedRules }) {
  const precision = ({ share, n }: TriedRules['precisionBefore']) =>
    share === null ? words.notKnown : `${formatShare(share)} (n = ${n})`;
  return (
    <ul className={styles.plain}>
      <li>{TEXTS.replayed(tried.detections, tried.broken)}</li>
      <li>{TEXTS.alerts(tried.alertsBefore, tried.alertsAfter)}</li>
      <li>{TEXTS.precision(precision(tried.precisionBefore), precision(tried.precisionAfter))}</li>
      {tried.added.map(({ creatorId, campaignId, publishedAt, ruleId, level }) => (
        <li key={`${creatorId} ${campaignId} ${publishedAt}`}>
          + {creatorId} · {campaignId} · {ruleId} · {words.severity[level]}
        </li>
      ))}
      {tried.removed.map(({ alertId, verdict }) => (
        <li key={alertId}>
          − <a href={`/alerts/${alertId}`}>{alertId.slice(0, 8)}</a> ·{' '}
          {verdict === null ? TEXTS.noVerdict : words.verdict[verdict]}
        </li>
      ))}
    </ul>
  );
}
