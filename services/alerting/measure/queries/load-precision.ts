import { LaneSchema, TierSchema, type Lane, type Tier } from '@leakwatch/contracts';
import { wilsonInterval, type Interval } from '@leakwatch/estimates';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

/** How right alerts were, by the newest verdict on each (docs/decisions/0301-verdicts-and-precision.md). */
export interface Precision {
  readonly confirmed: number;
  /** True matches that the brand had allowed: right as matches, no leaks. */
  readonly approved: number;
  readonly falsePositives: number;
  /** Alerts without a verdict: nothing is known of them. */
  readonly unreviewed: number;
  /** Alerts with a verdict. */
  readonly n: number;
  /** (confirmed + approved) / n; null while n is 0. */
  readonly precision: number | null;
  /** Wilson, 95 %; null while n is 0. */
  readonly interval: Interval | null;
}

export interface PrecisionGroup extends Precision {
  readonly tier: Tier;
  /** The lane of the detection that opened the alert. */
  readonly matcher: Lane;
}

export interface PrecisionReport {
  readonly overall: Precision;
  /** Groups without any alert are absent. */
  readonly groups: readonly PrecisionGroup[];
}

const CountsSchema = z.object({
  tier: TierSchema,
  matcher: LaneSchema,
  confirmed: z.int(),
  approved: z.int(),
  falsePositives: z.int(),
  unreviewed: z.int(),
});
type Counts = Pick<z.infer<typeof CountsSchema>, 'confirmed' | 'approved' | 'falsePositives' | 'unreviewed'>;

/**
 * Of all alerts but those of missing disclosures, which are no leaks.
 *
 * @param since - counts only alerts opened at or after it
 */
export async function loadPrecision(
  db: Queryable,
  { since }: { since?: Date } = {},
): Promise<PrecisionReport> {
  const answer = await db.query(
    `SELECT a.tier, a.matcher,
       count(*) FILTER (WHERE v.verdict = 'confirmed')::integer AS confirmed,
       count(*) FILTER (WHERE v.verdict = 'approved')::integer AS approved,
       count(*) FILTER (WHERE v.verdict = 'false-positive')::integer AS "falsePositives",
       count(*) FILTER (WHERE v.verdict IS NULL)::integer AS unreviewed
     FROM alert a LEFT JOIN LATERAL (
       SELECT verdict FROM alert_verdict WHERE alert_id = a.id ORDER BY id DESC LIMIT 1
     ) v ON true
     WHERE ($1::timestamptz IS NULL OR a.opened_at >= $1)
       AND a.violation IS DISTINCT FROM 'missing-disclosure'
     GROUP BY a.tier, a.matcher ORDER BY a.tier, a.matcher`,
    [since ?? null],
  );
  const groups = parseRows(answer, CountsSchema);
  const sum = (key: keyof Counts) => groups.reduce((total, group) => total + group[key], 0);
  return {
    overall: precisionOf({
      confirmed: sum('confirmed'),
      approved: sum('approved'),
      falsePositives: sum('falsePositives'),
      unreviewed: sum('unreviewed'),
    }),
    groups: groups.map(({ tier, matcher, ...counts }) => ({ tier, matcher, ...precisionOf(counts) })),
  };
}

function precisionOf(counts: Counts): Precision {
  const right = counts.confirmed + counts.approved;
  const n = right + counts.falsePositives;
  return { ...counts, n, precision: n === 0 ? null : right / n, interval: wilsonInterval(right, n) };
}
