import { PostSchema, TierSchema } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

/**
 * The half of the drawn posts that nearness may order, by the lowest bit of their random rank. The other half is always
 * shown in drawn order: recall is estimated from it.
 */
export const IN_RANKED_HALF = 'queue_rank % 2 = 1';

const RankableSampleSchema = z.object({
  threadId: z.string(),
  creatorId: z.string(),
  tier: TierSchema,
  publishedAt: z.date(),
  post: PostSchema,
  inRankedHalf: z.boolean(),
  /** Whether an alert has its post. */
  alerted: z.boolean(),
});
export type RankableSample = z.infer<typeof RankableSampleSchema>;

/** Waiting samples of both halves, in drawn order. */
export async function listRankableSamples(db: Queryable, limit: number): Promise<RankableSample[]> {
  const answer = await db.query(
    `SELECT thread_id AS "threadId", creator_id AS "creatorId", tier, published_at AS "publishedAt", post,
       ${IN_RANKED_HALF} AS "inRankedHalf",
       EXISTS (SELECT FROM alert_occurrence WHERE alert_occurrence.thread_id = review_sample.thread_id) AS alerted
     FROM review_sample WHERE verdict IS NULL AND erased_at IS NULL ORDER BY queue_rank, thread_id LIMIT $1`,
    [limit],
  );
  return parseRows(answer, RankableSampleSchema);
}
