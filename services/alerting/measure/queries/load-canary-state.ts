import { LaneSchema } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const StateSchema = z.object({
  lane: LaneSchema,
  lastSentAt: z.date(),
  lastArrivedAt: z.date().nullable(),
  lastSeconds: z.number().nullable(),
  sent: z.int(),
  lost: z.int(),
});
export type CanaryState = z.infer<typeof StateSchema>;

/** Loads the state of the canary in each lane, over the last hour; lanes without one are absent. */
export async function loadCanaryState(db: Queryable): Promise<CanaryState[]> {
  const answer = await db.query(
    `SELECT lane, max(sent_at) AS "lastSentAt", max(arrived_at) AS "lastArrivedAt",
       (array_agg(extract(epoch FROM arrived_at - sent_at)::float8 ORDER BY arrived_at DESC)
         FILTER (WHERE arrived_at IS NOT NULL))[1] AS "lastSeconds",
       count(*)::integer AS sent, count(lost_at)::integer AS lost
     FROM canary_probe WHERE sent_at > clock_timestamp() - interval '1 hour'
     GROUP BY lane ORDER BY lane DESC`,
  );
  return parseRows(answer, StateSchema);
}
