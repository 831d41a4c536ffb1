import { CANARY_CAMPAIGN_ID, LaneSchema, TierSchema, VerdictKindSchema } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { IS_LEAK } from '../../judge/queries/is-leak.ts';
import { newestVerdict } from './newest-verdict.ts';
import { ANSWERS } from '../../incidents/life/alert-life.ts';

/** The alerts and samples of a report: `since` is included, `until` is not. */
export interface ReportScope {
  readonly since: Date | null;
  readonly until: Date | null;
  readonly campaignId: string | null;
}

export const EVERYTHING: ReportScope = { since: null, until: null, campaignId: null };

const AlertOutcomeSchema = z.object({
  id: z.string(),
  tier: TierSchema,
  /** The lane of the detection that opened it. */
  matcher: LaneSchema,
  ruleId: z.string(),
  campaignId: z.string(),
  /** The newest verdict, for a duplicate that on the alert it was merged into; null: not judged. */
  verdict: VerdictKindSchema.nullable(),
  duplicate: z.boolean(),
  /** False: only a disclosure is missing. */
  leak: z.boolean(),
  /** Posts that no earlier alert has. */
  posts: z.int(),
  detectionLatencyMs: z.coerce.number(),
  openedAt: z.date(),
  /** When it was first answered ({@link ANSWERS}); null: not yet. */
  answeredAt: z.date().nullable(),
  answerDueAt: z.date(),
  resolvedAt: z.date().nullable(),
});
/** The outcome of an alert. */
export type AlertOutcome = z.infer<typeof AlertOutcomeSchema>;

/** Loads the alerts opened in the scope, without the canary's. */
export async function loadAlertOutcomes(db: Queryable, scope: ReportScope): Promise<AlertOutcome[]> {
  const answer = await db.query(
    `SELECT a.id, a.tier, a.matcher, a.rule_id AS "ruleId", a.campaign_id AS "campaignId",
       ${newestVerdict('a.id', 'a.duplicate_of')} AS verdict,
       a.duplicate_of IS NOT NULL AS duplicate,
       ${IS_LEAK} AS leak, coalesce(p.posts, 0)::integer AS posts,
       a.detection_latency_ms AS "detectionLatencyMs", a.opened_at AS "openedAt", t.answered_at AS "answeredAt",
       coalesce(a.opened_at + make_interval(mins => a.minutes_to_act), a.due_at) AS "answerDueAt",
       a.resolved_at AS "resolvedAt"
     FROM alert a
     LEFT JOIN LATERAL (
       SELECT min(made_at) AS answered_at FROM alert_transition
       WHERE alert_id = a.id AND move = ANY ($5)
     ) t ON true
     LEFT JOIN (
       SELECT alert_id, count(*) AS posts FROM (
         SELECT DISTINCT ON (thread_id) thread_id, alert_id FROM alert_occurrence ORDER BY thread_id, position
       ) first_alerts GROUP BY alert_id
     ) p ON p.alert_id = a.id
     WHERE a.campaign_id <> $4
       AND ($1::timestamptz IS NULL OR a.opened_at >= $1) AND ($2::timestamptz IS NULL OR a.opened_at < $2)
       AND ($3::text IS NULL OR a.campaign_id = $3)
     ORDER BY a.opened_at, a.id`,
    [scope.since, scope.until, scope.campaignId, CANARY_CAMPAIGN_ID, ANSWERS],
  );
  return parseRows(answer, AlertOutcomeSchema);
}
