import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const StandingSchema = z.object({
  channel: z.string(),
  /** Not delivered yet, failed attempts included. */
  pending: z.int(),
  /** Those whose last attempt failed. */
  failing: z.int(),
  /** Given up in the last day. */
  gaveUp: z.int(),
  lastDeliveredAt: z.date().nullable(),
});
export type ChannelStanding = z.infer<typeof StandingSchema>;

/** The standing of each channel's notices and digests, for channels with some in the last day or some pending. */
export async function loadChannelStanding(db: Queryable): Promise<ChannelStanding[]> {
  const answer = await db.query(
    `SELECT channel,
       count(*) FILTER (WHERE delivered_at IS NULL AND gave_up_at IS NULL)::integer AS pending,
       count(*) FILTER (WHERE delivered_at IS NULL AND gave_up_at IS NULL AND last_error IS NOT NULL)::integer AS failing,
       count(gave_up_at)::integer AS "gaveUp", max(delivered_at) AS "lastDeliveredAt"
     FROM (
       SELECT channel, delivered_at, gave_up_at, last_error FROM alert_delivery
       UNION ALL
       SELECT channel, delivered_at, gave_up_at, last_error FROM digest
     ) AS notice
     WHERE (delivered_at IS NULL AND gave_up_at IS NULL)
       OR coalesce(delivered_at, gave_up_at) > clock_timestamp() - interval '1 day'
     GROUP BY channel ORDER BY channel`,
  );
  return parseRows(answer, StandingSchema);
}
