import { type Detection } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { AlertLifeSchema, LIFE_COLUMNS } from './alert-life-row.ts';

/**
 * What makes a detection belong to an incident:
 * - `same-item`: the item stands in it in this very post, in whatever revision;
 * - `same-revision`: something else of this revision of the post is in it;
 * - `continued`: the post was published close enough to its first or its last.
 */
const BondSchema = z.enum(['same-item', 'same-revision', 'continued']);

const RowSchema = z.object({
  nextEpisode: z.int().min(1),
  bond: BondSchema.nullable(),
  alert: z.null(),
});
const FoundRowSchema = AlertLifeSchema.extend({
  nextEpisode: z.int().min(1),
  bond: BondSchema,
  alert: z.string(),
  posts: z.int(),
});

export interface FoundIncident {
  readonly alertId: string;
  readonly bond: z.infer<typeof BondSchema>;
  readonly life: z.infer<typeof AlertLifeSchema>;
  /** That it has so far, this one included. */
  readonly posts: number;
}

export interface FoundEpisode {
  /** Null where a new episode begins. */
  readonly incident: FoundIncident | null;
  /** The number that a new episode would have. */
  readonly nextEpisode: number;
}

/**
 * Which incident a detection belongs to (docs/decisions/0300-episodes.md): of its creator's for its campaign the one with the
 * closest bond, and in place of a duplicate the alert that this is a duplicate of. Whether it is resolved does not matter
 * here, but that an unresolved one is preferred where the post only continues it.
 *
 * @param tx a transaction that holds the creator's lock
 * @param gapMs how far apart publications may be
 * @param lacksDisclosure whether a disclosure is missing: leaks and these are never one incident
 */
export async function findEpisode(
  tx: Queryable,
  detection: Detection,
  { gapMs, lacksDisclosure }: { gapMs: number; lacksDisclosure: boolean },
): Promise<FoundEpisode> {
  const { post, lane, evidence } = detection;
  const answer = await tx.query({
    name: 'find-episode',
    text: `WITH known AS (
       SELECT id, episode, state, coalesce(duplicate_of, id) AS target, first_published_at, last_published_at,
         violation IS NOT DISTINCT FROM 'missing-disclosure' AS lacks_disclosure
       FROM alert WHERE creator_id = $1 AND campaign_id = $2
     ), incident AS (
       SELECT * FROM known WHERE lacks_disclosure = $10
     ), bound AS (
       SELECT i.target, i.episode, 'same-item' AS bond, 1 AS distance
       FROM alert_occurrence o JOIN incident i ON i.id = o.alert_id
       WHERE o.thread_id = $3 AND o.lane = $4 AND o.kind = $5 AND o.item_id = $6 AND o.removed_at IS NULL
       UNION ALL
       SELECT i.target, i.episode, 'same-revision', 2
       FROM alert_occurrence o JOIN incident i ON i.id = o.alert_id
       WHERE o.thread_id = $3 AND o.revision = $9
       UNION ALL
       SELECT target, episode, 'continued', CASE WHEN state = 'resolved' THEN 4 ELSE 3 END
       FROM incident
       WHERE $7 BETWEEN first_published_at - $8 * interval '1 millisecond'
                    AND last_published_at + $8 * interval '1 millisecond'
     ), closest AS (
       SELECT target, bond FROM bound ORDER BY distance, episode DESC LIMIT 1
     )
     SELECT coalesce((SELECT max(episode) FROM known), 0) + 1 AS "nextEpisode", bond, a.id AS alert, (
         SELECT count(DISTINCT thread_id)::integer + CASE WHEN bool_or(thread_id = $3) THEN 0 ELSE 1 END
         FROM alert_occurrence WHERE alert_id = a.id
       ) AS posts, ${LIFE_COLUMNS}
     FROM (VALUES (1)) AS always LEFT JOIN closest ON true LEFT JOIN alert a ON a.id = closest.target`,
    values: [
      post.creatorId,
      evidence.campaignId,
      post.threadId,
      lane,
      evidence.kind,
      evidence.itemId,
      new Date(post.publishedAt),
      gapMs,
      post.revision,
      lacksDisclosure,
    ],
  });
  const [row] = parseRows(answer, z.union([FoundRowSchema, RowSchema]));
  if (row === undefined || row.alert === null) {
    return { incident: null, nextEpisode: row?.nextEpisode ?? 1 };
  }
  const { nextEpisode, alert: alertId, bond, posts, ...life } = row;
  return { incident: { alertId, bond, life, posts }, nextEpisode };
}
