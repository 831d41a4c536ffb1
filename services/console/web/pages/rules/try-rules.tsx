import { type TriedRules } from '@leakwatch/console/schemas';
import { useProposeRules, useTryRules } from '../../data/operations.ts';
import { formatShare } from '../../lib/format-time.ts';
import { Card } from '../../parts/card.tsx';
import { words } from '../../words/index.ts';
import { ProposeText } from './propose-text.tsx';
import styles from './rules.module.css';
import { Trial } from './trial.tsx';

const TEXTS = words.rules;

/** Tries an edited ruleset against the stored detections, and proposes it where the console keeps the rules. */
export function TryRules({ text, canPropose }: { readonly text: string; readonly canPropose: boolean }) {
  const propose = useProposeRules();
  return (
    <Card title={TEXTS.tryTitle}>
      <Trial
        trial={useTryRules()}
        text={text}
        label={TEXTS.tryLabel}
        hint={canPropose ? TEXTS.tryHint : TEXTS.tryFileHint}
        action={TEXTS.tryIt}
        {...(canPropose
          ? {
              also: (edited: string) => (
                <ProposeText text={edited} propose={propose} texts={TEXTS.rulesChange} />
              ),
            }
          : {})}
      >
        {(tried) => <Tried tried={tried} />}
      </Trial>
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
          + {creatorId} · {campaignId} · {words.engine.rule(ruleId)} · {words.severity[level]}
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
