import { type Detection } from '@leakwatch/contracts';
import { creatorSubject, parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { AlertLifeSchema, LIFE_COLUMNS } from './alert-life-row.ts';

/**
 * The bond between a detection and an incident, the closest first:
 * - `same-item`: the incident has this item from this post, in any revision;
 * - `same-revision`: it has another finding of this revision of the post;
 * - `continued`: the post was published close enough to the incident's first or last post.
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
  /** Number of posts that it would have with this one. */
  readonly posts: number;
}

export interface FoundEpisode {
  /** Null: a new episode begins. */
  readonly incident: FoundIncident | null;
  /** The number of a new episode. */
  readonly nextEpisode: number;
}

/**
 * Finds the incident that a detection belongs to (docs/decisions/0300-episodes.md): of the creator's incidents for the
 * campaign, the one with the closest bond. A duplicate stands for the alert that it was merged into. A resolved
 * incident counts too, but for a `continued` post an unresolved one goes first.
 *
 * @param tx a transaction that holds the creator's lock
 * @param gapMs the longest gap between publications
 * @param lacksDisclosure whether a disclosure is missing: leaks and missing disclosures are never one incident
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
     SELECT greatest(
         (SELECT max(episode) FROM known), (SELECT max(last_episode) FROM erasure WHERE subject = $11), 0
       ) + 1 AS "nextEpisode", bond, a.id AS alert, (
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
      creatorSubject(post.creatorId),
    ],
  });
  const [row] = parseRows(answer, z.union([FoundRowSchema, RowSchema]));
  if (row === undefined || row.alert === null) {
    return { incident: null, nextEpisode: row?.nextEpisode ?? 1 };
  }
  const { nextEpisode, alert: alertId, bond, posts, ...life } = row;
  return { incident: { alertId, bond, life, posts }, nextEpisode };
}
