import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

/** The number of a creator's posts, up to a record. */
export interface CreatorPostCount {
  readonly creatorId: string;
  readonly counted: bigint;
  /** The last record counted. */
  readonly partition: number;
  readonly offset: bigint;
  readonly appendedAt: Date;
}

const CountSchema = z.object({
  creatorId: z.string(),
  counted: z.coerce.bigint(),
  partition: z.int(),
  offset: z.coerce.bigint(),
  appendedAt: z.date(),
});

/** Loads and locks counts until the transaction ends. Creators not counted yet are absent. */
export async function lockPostCounts(
  tx: Queryable,
  creatorIds: readonly string[],
): Promise<Map<string, CreatorPostCount>> {
  if (creatorIds.length === 0) return new Map();
  const answer = await tx.query(
    `SELECT creator_id AS "creatorId", counted, log_partition AS partition, log_offset AS "offset",
       appended_at AS "appendedAt"
     FROM creator_post_count WHERE creator_id = ANY ($1) ORDER BY creator_id FOR UPDATE`,
    [creatorIds],
  );
  return new Map(parseRows(answer, CountSchema).map((count) => [count.creatorId, count]));
}

const HeardSchema = CountSchema.pick({ creatorId: true }).extend({ counted: z.coerce.number() });

/** How many new posts of these creators were heard. Those of whom none was are absent. */
export async function loadPostCounts(
  db: Queryable,
  creatorIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const answer = await db.query(
    `SELECT creator_id AS "creatorId", counted FROM creator_post_count WHERE creator_id = ANY ($1)`,
    [creatorIds],
  );
  return new Map(parseRows(answer, HeardSchema).map(({ creatorId, counted }) => [creatorId, counted]));
}

export async function savePostCounts(tx: Queryable, counts: readonly CreatorPostCount[]): Promise<void> {
  if (counts.length === 0) return;
  await tx.query(
    `INSERT INTO creator_post_count (creator_id, counted, log_partition, log_offset, appended_at)
     SELECT * FROM unnest($1::text[], $2::bigint[], $3::integer[], $4::bigint[], $5::timestamptz[]) ORDER BY 1
     ON CONFLICT (creator_id) DO UPDATE SET counted = excluded.counted, log_partition = excluded.log_partition,
       log_offset = excluded.log_offset, appended_at = excluded.appended_at`,
    [
      counts.map(({ creatorId }) => creatorId),
      counts.map(({ counted }) => counted),
      counts.map(({ partition }) => partition),
      counts.map(({ offset }) => offset),
      counts.map(({ appendedAt }) => appendedAt),
    ],
  );
}
