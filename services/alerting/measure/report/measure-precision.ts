/**
 * How many alerts were right, by their newest verdicts (docs/decisions/0301-verdicts-and-precision.md). Everything that shows a precision
 * asks here.
 */
import { type PrecisionGroup } from '@leakwatch/contracts';
import { estimateShare, provenAtLeast, type Judge } from '@leakwatch/estimates';
import { groupBy } from '@leakwatch/runtime';
import { type AlertOutcome } from '../queries/load-alert-outcomes.ts';

export type Precision = Omit<PrecisionGroup, 'by' | 'name' | 'proven'>;

export interface Standard {
  /** How often verdicts are right, on alerts and on drawn posts. */
  readonly reviewers: { readonly alerts: Judge; readonly samples: Judge };
  /** The share to prove. */
  readonly target: number;
}

type Grouping = Exclude<PrecisionGroup['by'], 'all'>;

const GROUPINGS: Readonly<Record<Grouping, (alert: AlertOutcome) => string>> = {
  matcher: ({ matcher }) => matcher,
  tier: ({ tier }) => String(tier),
  rule: ({ ruleId }) => ruleId,
  campaign: ({ campaignId }) => campaignId,
};
/** The order in which a report shows them. */
const ORDER: readonly Grouping[] = ['matcher', 'tier', 'rule', 'campaign'];

/** The precision of all alerts, then by matcher, tier, rule and campaign. Missing disclosures count under their rule only. */
export function measurePrecision(alerts: readonly AlertOutcome[], standard: Standard): PrecisionGroup[] {
  const { reviewers, target } = standard;
  const group = (by: PrecisionGroup['by'], name: string, precision: Precision): PrecisionGroup => ({
    by,
    name,
    ...precision,
    proven: provenAtLeast(target, precision.interval, precision.n),
  });
  const groups = ORDER.flatMap((by) => {
    const counted = alerts.filter((alert) => !alert.duplicate && (by === 'rule' || alert.leak));
    return groupByName(counted, GROUPINGS[by]).map(([name, own]) =>
      group(by, name, precisionOf(own, reviewers.alerts)),
    );
  });
  return [group('all', 'all alerts', overallPrecision(alerts, reviewers.alerts)), ...groups];
}

/** The precision of all leaks among the alerts. A duplicate doesn't count: the alert that it was merged into does. */
export function overallPrecision(alerts: readonly AlertOutcome[], judge: Judge): Precision {
  return precisionOf(
    alerts.filter(({ duplicate, leak }) => !duplicate && leak),
    judge,
  );
}

/** `approved` counts as right: the match was true, though it was no leak. */
function precisionOf(alerts: readonly AlertOutcome[], judge: Judge): Precision {
  const judged = alerts.filter(({ verdict }) => verdict !== null);
  const right = judged.filter(({ verdict }) => verdict !== 'false-positive').length;
  const estimate = estimateShare(right, judged.length, judge);
  return {
    n: judged.length,
    right,
    unreviewed: alerts.length - judged.length,
    precision: estimate?.share ?? null,
    interval: estimate?.interval ?? null,
  };
}

/** Groups, ordered by name. */
function groupByName<T>(all: readonly T[], nameOf: (one: T) => string): [string, T[]][] {
  return [...groupBy(all, nameOf)].sort(([one], [other]) => (one < other ? -1 : 1));
}
