import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

/**
 * Makes failed and abandoned notices due now, of one alert or of all. An attempt under way is left alone, or it would
 * be told twice. Gives how many.
 */
export async function retryNotices(db: Queryable, alertId: string | null): Promise<number> {
  const answer = await db.query(
    `WITH changes AS (
       UPDATE alert_delivery SET gave_up_at = NULL, next_attempt_at = clock_timestamp()
       WHERE ($1::text IS NULL OR alert_id = $1) AND delivered_at IS NULL AND last_error IS NOT NULL
         AND NOT (leased AND next_attempt_at > clock_timestamp())
       RETURNING 1
     ), digests AS (
       UPDATE digest g SET gave_up_at = NULL, next_attempt_at = clock_timestamp()
       WHERE g.delivered_at IS NULL AND g.last_error IS NOT NULL
         AND NOT (g.leased AND g.next_attempt_at > clock_timestamp())
         AND ($1::text IS NULL OR EXISTS (
           SELECT 1 FROM digest_entry e JOIN alert_outbox o USING (seq) WHERE e.digest_id = g.id AND o.alert_id = $1
         ))
       RETURNING 1
     )
     SELECT (SELECT count(*) FROM changes)::int + (SELECT count(*) FROM digests)::int AS due`,
    [alertId],
  );
  return parseRows(answer, z.object({ due: z.int() }))[0]?.due ?? 0;
}
