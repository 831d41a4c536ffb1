import { parseRows, type Queryable } from '@leakwatch/store';
import { REVIEW_SAMPLE_COLUMNS, ReviewSampleSchema, type ReviewSample } from './review-sample-row.ts';

/**
 * Claims the next post of the queue that no other reviewer has, or gives the one that this reviewer already has. A
 * claim ends by itself.
 *
 * @param claimedBefore - older claims have ended
 */
export async function claimReviewSample(
  db: Queryable,
  { by, at, claimedBefore }: { by: string; at: Date; claimedBefore: Date },
): Promise<ReviewSample | null> {
  const answer = await db.query(
    `UPDATE review_sample SET claimed_by = $1,
       claimed_at = CASE WHEN claimed_by = $1 AND claimed_at >= $3 THEN claimed_at ELSE $2 END
     WHERE thread_id = (
       SELECT thread_id FROM review_sample
       WHERE verdict IS NULL AND (claimed_at IS NULL OR claimed_at < $3 OR claimed_by = $1)
       ORDER BY (claimed_by = $1 AND claimed_at >= $3) IS TRUE DESC, queue_rank, thread_id
       LIMIT 1 FOR UPDATE SKIP LOCKED
     )
     RETURNING ${REVIEW_SAMPLE_COLUMNS}`,
    [by, at, claimedBefore],
  );
  return parseRows(answer, ReviewSampleSchema)[0] ?? null;
}
