import { type ReviewVerdict } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

export interface ReviewDecision {
  readonly threadId: string;
  readonly verdict: ReviewVerdict;
  readonly campaignId: string | null;
  readonly by: string;
  readonly at: Date;
  /** The minutes that the review took; null: since it was claimed. */
  readonly minutes: number | null;
}

const DecidedSchema = z.object({ creatorId: z.string(), minutes: z.number(), alerted: z.boolean() });

/** Writes a verdict on a sample; a later one replaces an earlier one. Null if there is no such sample. */
export async function decideReviewSample(
  db: Queryable,
  { threadId, verdict, campaignId, by, at, minutes }: ReviewDecision,
): Promise<z.infer<typeof DecidedSchema> | null> {
  const answer = await db.query(
    `UPDATE review_sample SET verdict = $2, campaign_id = $3, reviewed_by = $4, reviewed_at = $5,
       review_minutes = coalesce($6::float8, extract(epoch FROM greatest('0', $5::timestamptz - claimed_at)) / 60, 0)
     WHERE thread_id = $1
     RETURNING creator_id AS "creatorId", review_minutes AS minutes,
       EXISTS (SELECT FROM alert_occurrence WHERE alert_occurrence.thread_id = review_sample.thread_id) AS alerted`,
    [threadId, verdict, campaignId, by, at, minutes],
  );
  return parseRows(answer, DecidedSchema)[0] ?? null;
}

/** Ids of samples that begin so, at most two: enough to tell that a prefix is ambiguous. */
export async function findReviewSamples(db: Queryable, prefix: string): Promise<string[]> {
  const answer = await db.query(
    String.raw`SELECT thread_id AS "threadId" FROM review_sample WHERE thread_id LIKE $1 || '%' ORDER BY thread_id LIMIT 2`,
    [prefix],
  );
  return parseRows(answer, z.object({ threadId: z.string() })).map(({ threadId }) => threadId);
}
