import { z } from 'zod';
import { parseRows } from '../parse-rows.ts';
import { type Queryable } from '../queryable.ts';

/** Media may be large. */
const BLOBS_AT_ONCE = 100;

/**
 * Deletes some of the pictures and payloads that were last handed in before an instant, as long as the log holds no older
 * record that may name one. Gives how many; 0 when none is left. The watch list's own stay.
 */
export async function forgetBlobs(db: Queryable, before: Date): Promise<number> {
  const { rowCount } = await db.query(
    `WITH oldest AS (
       SELECT min(appended_at) AS at FROM log_head h JOIN LATERAL (
         SELECT appended_at FROM log_record r
         WHERE r.topic = h.topic AND r.partition = h.partition AND r."offset" >= h.start_offset
         ORDER BY r."offset" LIMIT 1
       ) first ON true
       WHERE h.topic IN ('posts', 'dead-letters')
     )
     DELETE FROM blob WHERE sha256 IN (
       SELECT sha256 FROM blob WHERE NOT lasting AND created_at < least($1, (SELECT at FROM oldest))
       LIMIT ${BLOBS_AT_ONCE} FOR UPDATE SKIP LOCKED
     )`,
    [before],
  );
  return rowCount ?? 0;
}

/** Deletes these pictures, unless they are the watch list's or a post drawn for review still shows them. Gives how many. */
export async function deleteBlobs(db: Queryable, sha256s: readonly string[]): Promise<number> {
  if (sha256s.length === 0) return 0;
  const shown = await db.query(
    `SELECT DISTINCT hash AS sha256 FROM review_sample, unnest($1::text[]) AS hash
     WHERE erased_at IS NULL AND position(hash IN post::text) > 0`,
    [sha256s],
  );
  const kept = new Set(parseRows(shown, z.object({ sha256: z.string() })).map(({ sha256 }) => sha256));
  const { rowCount } = await db.query('DELETE FROM blob WHERE sha256 = ANY ($1) AND NOT lasting', [
    sha256s.filter((sha256) => !kept.has(sha256)),
  ]);
  return rowCount ?? 0;
}
