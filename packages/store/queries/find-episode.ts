import { type Detection } from '@leakwatch/contracts';
import { z } from 'zod';
import { parseRows } from '../parse-rows.ts';
import { type Queryable } from '../queryable.ts';

export interface FoundEpisode {
  /** The alert that the detection belongs to; null where a new episode begins. */
  readonly alertId: string | null;
  /** The number that a new episode would have. */
  readonly nextEpisode: number;
}

const RowSchema = z.object({ alertId: z.string().nullable(), nextEpisode: z.int().min(1) });

/**
 * Which incident a detection belongs to:
 * - the one in which the same item stands in another revision of the same post, whatever its state: an edit that leaves the
 *   leak in is no new leak;
 * - else an open one, if the post was published at most `gapMs` before its first or after its last;
 * - else none: a new episode.
 *
 * @param tx a transaction that holds the creator's lock
 */
export async function findEpisode(tx: Queryable, detection: Detection, gapMs: number): Promise<FoundEpisode> {
  const { post, lane, evidence } = detection;
  const answer = await tx.query(
    `WITH incident AS (
       SELECT * FROM alert WHERE creator_id = $1 AND campaign_id = $2
     ), standing AS (
       SELECT o.alert_id FROM alert_occurrence o JOIN incident a ON a.id = o.alert_id
       WHERE o.thread_id = $3 AND o.lane = $4 AND o.kind = $5 AND o.item_id = $6 AND o.removed_at IS NULL
       ORDER BY a.episode DESC LIMIT 1
     ), continued AS (
       SELECT id FROM incident
       WHERE state = 'open'
         AND $7 BETWEEN first_published_at - $8 * interval '1 millisecond'
                    AND last_published_at + $8 * interval '1 millisecond'
       ORDER BY episode DESC LIMIT 1
     )
     SELECT coalesce((SELECT alert_id FROM standing), (SELECT id FROM continued)) AS "alertId",
            coalesce((SELECT max(episode) FROM incident), 0) + 1 AS "nextEpisode"`,
    [
      post.creatorId,
      evidence.campaignId,
      post.threadId,
      lane,
      evidence.kind,
      evidence.itemId,
      new Date(post.publishedAt),
      gapMs,
    ],
  );
  return parseRows(answer, RowSchema)[0] ?? { alertId: null, nextEpisode: 1 };
}
