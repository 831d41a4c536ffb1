import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const RateRowSchema = z.object({ rate: z.number().nullable() });

/** Shorter passes measure the start rather than the rate. */
const SHORTEST_MS = 2000;

/** The rate of the newest finished passes, in fingerprints a second; null if none was long enough. */
export async function loadRescanRate(db: Queryable): Promise<number | null> {
  const answer = await db.query(
    `SELECT (sum(posts) / nullif(sum(seconds), 0))::float8 AS rate FROM (
       SELECT extract(epoch FROM p.finished_at - p.started_at) AS seconds,
         (SELECT sum(to_offset - from_offset) FROM rescan_partition r WHERE r.pass_id = p.id) AS posts
       FROM rescan_pass p
       WHERE p.finished_at - p.started_at > $1 * interval '1 millisecond'
       ORDER BY p.finished_at DESC LIMIT 5
     ) newest`,
    [SHORTEST_MS],
  );
  return parseRows(answer, RateRowSchema)[0]?.rate ?? null;
}
