import { parseRows, type Queryable } from '@leakwatch/store';
import { REVIEW_SAMPLE_COLUMNS, ReviewSampleSchema, type ReviewSample } from './review-sample-row.ts';

/** `missed`: judged a leak, and no alert has its post. */
export type ReviewState = 'pending' | 'reviewed' | 'missed';

const CONDITIONS: Record<ReviewState, string> = {
  pending: 'verdict IS NULL AND erased_at IS NULL',
  reviewed: 'verdict IS NOT NULL',
  missed: `verdict = 'leak'
    AND NOT EXISTS (SELECT FROM alert_occurrence WHERE alert_occurrence.thread_id = review_sample.thread_id)`,
};

/** Waiting samples in the order of the queue; reviewed ones with the newest verdict first. */
export async function listReviewSamples(
  db: Queryable,
  { state, limit }: { state: ReviewState; limit: number },
): Promise<ReviewSample[]> {
  const order = state === 'pending' ? 'queue_rank, thread_id' : 'reviewed_at DESC, thread_id';
  const answer = await db.query(
    `SELECT ${REVIEW_SAMPLE_COLUMNS} FROM review_sample WHERE ${CONDITIONS[state]} ORDER BY ${order} LIMIT $1`,
    [limit],
  );
  return parseRows(answer, ReviewSampleSchema);
}
