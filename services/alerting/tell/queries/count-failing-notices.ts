import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const CountSchema = z.object({ channel: z.string(), count: z.int() });

/** Counts the notices and digests that were tried, and wait for their next attempt, by channel. */
export async function countFailingNotices(db: Queryable): Promise<Map<string, number>> {
  const answer = await db.query(
    `SELECT channel, count(*)::integer AS count FROM (
       SELECT channel FROM alert_delivery
       WHERE delivered_at IS NULL AND gave_up_at IS NULL AND last_error IS NOT NULL
       UNION ALL
       SELECT channel FROM digest WHERE delivered_at IS NULL AND gave_up_at IS NULL AND last_error IS NOT NULL
     ) AS notice GROUP BY channel`,
  );
  return new Map(parseRows(answer, CountSchema).map(({ channel, count }) => [channel, count]));
}
