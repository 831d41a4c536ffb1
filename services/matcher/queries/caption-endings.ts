import { type CaptionEnding } from '@leakwatch/matching';
import { parseRows, secretJson, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const EndingSchema = z.object({
  threadId: z.string(),
  postId: z.string(),
  creatorId: z.string(),
  nativeId: z.string(),
  canonicalUrl: z.string().nullable(),
  publishedAt: z.date(),
  ending: z.string(),
  endingFrom: z.int(),
});

/** Rows dropped with one insert, at most. */
const DROPPED_AT_ONCE = 1000;

/** Keeps endings, and drops those of more than two days ago. A later revision of a post replaces its ending. */
export async function saveCaptionEndings(db: Queryable, endings: readonly CaptionEnding[]): Promise<void> {
  // One statement can't change a row twice. A fixed order keeps two matchers from waiting for each other.
  const last = [...new Map(endings.map((one) => [one.threadId, one])).values()];
  last.sort((a, b) => (a.threadId < b.threadId ? -1 : 1));
  await db.query(
    `WITH old AS (
       SELECT thread_id FROM caption_ending WHERE noted_at < now() - interval '2 days'
       LIMIT ${DROPPED_AT_ONCE} FOR UPDATE SKIP LOCKED
     ), dropped AS (
       DELETE FROM caption_ending USING old WHERE caption_ending.thread_id = old.thread_id
     )
     INSERT INTO caption_ending
       (thread_id, post_id, creator_id, native_id, canonical_url, published_at, ending, ending_from)
     SELECT * FROM unnest(
       $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::json[], $8::integer[]
     )
     ON CONFLICT (thread_id) DO UPDATE SET
       post_id = EXCLUDED.post_id, ending = EXCLUDED.ending, ending_from = EXCLUDED.ending_from`,
    [
      last.map(({ threadId }) => threadId),
      last.map(({ postId }) => postId),
      last.map(({ creatorId }) => creatorId),
      last.map(({ nativeId }) => nativeId),
      last.map(({ canonicalUrl }) => canonicalUrl),
      last.map(({ publishedAt }) => publishedAt),
      last.map(({ ending }) => secretJson(ending)),
      last.map(({ endingFrom }) => endingFrom),
    ],
  );
}

/** The endings of these creators' posts that were published since. */
export async function loadCaptionEndings(
  db: Queryable,
  creatorIds: readonly string[],
  since: Date,
): Promise<CaptionEnding[]> {
  const answer = await db.query(
    `SELECT thread_id AS "threadId", post_id AS "postId", creator_id AS "creatorId", native_id AS "nativeId",
       canonical_url AS "canonicalUrl", published_at AS "publishedAt", ending, ending_from AS "endingFrom"
     FROM caption_ending WHERE creator_id = ANY($1) AND published_at >= $2`,
    [creatorIds, since],
  );
  return parseRows(answer, EndingSchema);
}
