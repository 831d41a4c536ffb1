import { type PrecisionGroup } from '@leakwatch/contracts';
import { estimateShare, provenAtLeast, type Judge } from '@leakwatch/estimates';
import { type AlertOutcome } from '../queries/load-alert-outcomes.ts';

export interface Standard {
  /** How often verdicts are right: those on alerts, and those on drawn posts. */
  readonly reviewers: { readonly alerts: Judge; readonly samples: Judge };
  /** The share that is to be proven. */
  readonly target: number;
}

type Grouping = Exclude<PrecisionGroup['by'], 'all'>;

const GROUPINGS: Readonly<Record<Grouping, (alert: AlertOutcome) => string>> = {
  matcher: ({ matcher }) => matcher,
  tier: ({ tier }) => String(tier),
  rule: ({ ruleId }) => ruleId,
  campaign: ({ campaignId }) => campaignId,
};
/** In the order in which a report shows them. */
const ORDER: readonly Grouping[] = ['matcher', 'tier', 'rule', 'campaign'];

/**
 * How right alerts were: all of them, and by what they have in common. Duplicates are left out, the alerts that they are the same
 * as count. Missing disclosures are no leaks, and stand by their rule alone. What was approved was a right match, though no leak (docs/decisions/0301-verdicts-and-precision.md).
 */
export function measurePrecision(alerts: readonly AlertOutcome[], standard: Standard): PrecisionGroup[] {
  const counted = alerts.filter(({ duplicate }) => !duplicate);
  const leaks = counted.filter(({ leak }) => leak);
  const groups = ORDER.flatMap((by) =>
    [...groupBy(by === 'rule' ? counted : leaks, GROUPINGS[by])].map(([name, group]) => ({
      by,
      name,
      ...precisionOf(group, standard),
    })),
  );
  return [{ by: 'all', name: 'all alerts', ...precisionOf(leaks, standard) }, ...groups];
}

function precisionOf(
  alerts: readonly AlertOutcome[],
  { reviewers, target }: Standard,
): Omit<PrecisionGroup, 'by' | 'name'> {
  const judged = alerts.filter(({ verdict }) => verdict !== null);
  const right = judged.filter(({ verdict }) => verdict !== 'false-positive').length;
  const estimate = estimateShare(right, judged.length, reviewers.alerts);
  return {
    n: judged.length,
    right,
    unreviewed: alerts.length - judged.length,
    precision: estimate?.share ?? null,
    interval: estimate?.interval ?? null,
    proven: provenAtLeast(target, estimate?.interval ?? null),
  };
}

/** In the order of the names. */
function groupBy<T>(all: readonly T[], nameOf: (one: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(nameOf(one));
    if (group === undefined) groups.set(nameOf(one), [one]);
    else group.push(one);
  }
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
}
