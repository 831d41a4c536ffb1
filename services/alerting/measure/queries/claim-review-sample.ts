import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { IN_RANKED_HALF } from './list-rankable-samples.ts';
import { REVIEW_SAMPLE_COLUMNS, ReviewSampleSchema, type ReviewSample } from './review-sample-row.ts';

export interface Claim {
  readonly by: string;
  readonly at: Date;
  /** Older claims have ended. */
  readonly claimedBefore: Date;
  /** Ids of samples to give before all others, in this order. */
  readonly nearest?: readonly string[];
  /** Gives the half that is always in drawn order first. */
  readonly drawnHalfFirst?: boolean;
}

/**
 * Claims the next post of the queue that no other reviewer has, or gives the one that this reviewer already has. Leaves out
 * those of which the reviewer was unsure. A claim ends by itself. A post given by its nearness is marked.
 */
export async function claimReviewSample(
  db: Queryable,
  { by, at, claimedBefore, nearest = [], drawnHalfFirst = false }: Claim,
): Promise<ReviewSample | null> {
  const answer = await db.query(
    `UPDATE review_sample SET claimed_by = $1,
       claimed_at = CASE WHEN claimed_by = $1 AND claimed_at >= $3 THEN claimed_at ELSE $2 END,
       shown_by_nearness = shown_by_nearness OR thread_id = ANY ($4::text[])
     WHERE thread_id = (
       SELECT thread_id FROM review_sample
       WHERE verdict IS NULL AND erased_at IS NULL AND NOT ($1 = ANY (unsure_by)) AND (claimed_at IS NULL OR claimed_at < $3 OR claimed_by = $1)
       ORDER BY (claimed_by = $1 AND claimed_at >= $3) IS TRUE DESC, array_position($4::text[], thread_id::text),
         $5::boolean AND ${IN_RANKED_HALF}, queue_rank, thread_id
       LIMIT 1 FOR UPDATE SKIP LOCKED
     )
     RETURNING ${REVIEW_SAMPLE_COLUMNS}`,
    [by, at, claimedBefore, nearest, drawnHalfFirst],
  );
  return parseRows(answer, ReviewSampleSchema)[0] ?? null;
}

/** Whether the half in drawn order is no further on than the other: then it is its turn. */
export async function isDrawnHalfsTurn(db: Queryable): Promise<boolean> {
  const answer = await db.query(
    `SELECT count(*) FILTER (WHERE NOT ${IN_RANKED_HALF}) <= count(*) FILTER (WHERE ${IN_RANKED_HALF}) AS "isTurn"
     FROM review_sample WHERE claimed_at IS NOT NULL OR verdict IS NOT NULL`,
  );
  return parseRows(answer, z.object({ isTurn: z.boolean() }))[0]?.isTurn ?? true;
}
