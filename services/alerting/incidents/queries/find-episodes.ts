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
  detectionId: z.string(),
  nextEpisode: z.int().min(1),
  bond: BondSchema.nullable(),
  alert: z.null(),
});
const FoundRowSchema = AlertLifeSchema.extend({
  detectionId: z.string(),
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

/** A detection whose incident is wanted. */
export interface EpisodeWanted {
  readonly detection: Detection;
  /** Whether a disclosure is missing: leaks and missing disclosures are never one incident. */
  readonly lacksDisclosure: boolean;
}

/**
 * Finds the incident that each detection belongs to (docs/decisions/0300-episodes.md): of the creator's incidents for the
 * campaign, the one with the closest bond. A duplicate stands for the alert that it was merged into. A resolved
 * incident counts too, but for a `continued` post an unresolved one goes first.
 *
 * @param tx a transaction that holds the creators' locks
 * @param wanted each creator once: what is found for one does not know of the others
 * @param gapMs the longest gap between publications
 */
export async function findEpisodes(
  tx: Queryable,
  wanted: readonly EpisodeWanted[],
  gapMs: number,
): Promise<(detection: Detection) => FoundEpisode> {
  const each = <T>(of: (detection: Detection) => T) => wanted.map(({ detection }) => of(detection));
  const answer = await tx.query({
    name: 'find-episodes',
    text: `SELECT w.detection_id AS "detectionId", found.*
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::bigint[],
         $9::boolean[], $10::text[], $12::text[])
       AS w (creator_id, campaign_id, thread_id, lane, kind, item_id, published_at, revision, lacks_disclosure, subject, detection_id)
     CROSS JOIN LATERAL (
       WITH known AS (
         SELECT id, episode, state, coalesce(duplicate_of, id) AS target, first_published_at, last_published_at,
           violation IS NOT DISTINCT FROM 'missing-disclosure' AS lacks_disclosure
         FROM alert WHERE creator_id = w.creator_id AND campaign_id = w.campaign_id
       ), incident AS (
         SELECT * FROM known WHERE lacks_disclosure = w.lacks_disclosure
       ), bound AS (
         SELECT i.target, i.episode, 'same-item' AS bond, 1 AS distance
         FROM alert_occurrence o JOIN incident i ON i.id = o.alert_id
         WHERE o.thread_id = w.thread_id AND o.lane = w.lane AND o.kind = w.kind AND o.item_id = w.item_id
           AND o.removed_at IS NULL
         UNION ALL
         SELECT i.target, i.episode, 'same-revision', 2
         FROM alert_occurrence o JOIN incident i ON i.id = o.alert_id
         WHERE o.thread_id = w.thread_id AND o.revision = w.revision
         UNION ALL
         SELECT target, episode, 'continued', CASE WHEN state = 'resolved' THEN 4 ELSE 3 END
         FROM incident
         WHERE w.published_at BETWEEN first_published_at - $11::float8 * interval '1 millisecond'
                                  AND last_published_at + $11::float8 * interval '1 millisecond'
       ), closest AS (
         SELECT target, bond FROM bound ORDER BY distance, episode DESC LIMIT 1
       )
       SELECT greatest(
           (SELECT max(episode) FROM known), (SELECT max(last_episode) FROM erasure WHERE subject = w.subject), 0
         ) + 1 AS "nextEpisode", bond, a.id AS alert, (
           SELECT count(DISTINCT thread_id)::integer + CASE WHEN bool_or(thread_id = w.thread_id) THEN 0 ELSE 1 END
           FROM alert_occurrence WHERE alert_id = a.id
         ) AS posts, ${LIFE_COLUMNS}
       FROM (VALUES (1)) AS always LEFT JOIN closest ON true LEFT JOIN alert a ON a.id = closest.target
     ) AS found`,
    values: [
      each(({ post }) => post.creatorId),
      each(({ evidence }) => evidence.campaignId),
      each(({ post }) => post.threadId),
      each(({ lane }) => lane),
      each(({ evidence }) => evidence.kind),
      each(({ evidence }) => evidence.itemId),
      each(({ post }) => new Date(post.publishedAt)),
      each(({ post }) => post.revision),
      wanted.map(({ lacksDisclosure }) => lacksDisclosure),
      each(({ post }) => creatorSubject(post.creatorId)),
      gapMs,
      each(({ id }) => id),
    ],
  });
  const found = new Map<string, FoundEpisode>();
  for (const row of parseRows(answer, z.union([FoundRowSchema, RowSchema]))) {
    if (row.alert === null) {
      found.set(row.detectionId, { incident: null, nextEpisode: row.nextEpisode });
      continue;
    }
    const { detectionId, nextEpisode, alert: alertId, bond, posts, ...life } = row;
    found.set(detectionId, { incident: { alertId, bond, life, posts }, nextEpisode });
  }
  return ({ id }) => found.get(id) ?? { incident: null, nextEpisode: 1 };
}
