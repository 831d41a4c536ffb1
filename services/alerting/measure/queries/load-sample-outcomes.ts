import { ReviewVerdictSchema, VerdictKindSchema } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { IN_RANKED_HALF } from './list-rankable-samples.ts';
import { type ReportScope } from './load-alert-outcomes.ts';
import { newestVerdict } from './newest-verdict.ts';

const SampleOutcomeSchema = z.object({
  probability: z.number(),
  verdict: ReviewVerdictSchema.nullable(),
  campaignId: z.string().nullable(),
  minutes: z.number().nullable(),
  publishedAt: z.date(),
  reviewedAt: z.date().nullable(),
  /** Whether an alert has its post by now; only alerts of the scope's campaign count, if it names one. */
  alerted: z.boolean(),
  /** The newest verdict on the first alert that has its post; null if there is none. */
  alertVerdict: VerdictKindSchema.nullable(),
  /** Whether it is of the half that nearness may order. */
  inRankedHalf: z.boolean(),
  /** Whether a reviewer was given it for its nearness. */
  shownByNearness: z.boolean(),
});
/** The outcome of a post drawn for review. */
export type SampleOutcome = z.infer<typeof SampleOutcomeSchema>;

/** Loads the posts drawn in the scope, whatever their campaign: an innocent post has none. */
export async function loadSampleOutcomes(db: Queryable, scope: ReportScope): Promise<SampleOutcome[]> {
  const answer = await db.query(
    `SELECT s.probability, s.verdict, s.campaign_id AS "campaignId", s.review_minutes AS minutes,
       s.published_at AS "publishedAt", s.reviewed_at AS "reviewedAt", o.alert_id IS NOT NULL AS alerted,
       ${newestVerdict('o.alert_id', 'o.duplicate_of')} AS "alertVerdict",
       s.${IN_RANKED_HALF} AS "inRankedHalf", s.shown_by_nearness AS "shownByNearness"
     FROM review_sample s
     LEFT JOIN LATERAL (
       SELECT alert_id, duplicate_of FROM alert_occurrence JOIN alert ON alert.id = alert_id
       WHERE alert_occurrence.thread_id = s.thread_id AND ($3::text IS NULL OR alert.campaign_id = $3)
       ORDER BY position LIMIT 1
     ) o ON true
     WHERE ($1::timestamptz IS NULL OR s.sampled_at >= $1) AND ($2::timestamptz IS NULL OR s.sampled_at < $2)
     ORDER BY s.sampled_at, s.thread_id`,
    [scope.since, scope.until, scope.campaignId],
  );
  return parseRows(answer, SampleOutcomeSchema);
}
