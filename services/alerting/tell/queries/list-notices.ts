import { AlertChangeSchema } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const NoticeStateSchema = z.object({
  /** The id of the event or digest, by which a receiver recognises a repetition. */
  id: z.string(),
  /** Null for a digest, which is about several. */
  alertId: z.string().nullable(),
  change: z.union([AlertChangeSchema, z.literal('digest')]),
  channel: z.string(),
  createdAt: z.date(),
  /** The attempts at the last telling. */
  attempts: z.int(),
  /** How often it was told again after it had arrived, to a receiver that forgets. */
  repeats: z.int(),
  lastAttemptAt: z.date().nullable(),
  nextAttemptAt: z.date(),
  deliveredAt: z.date().nullable(),
  gaveUpAt: z.date().nullable(),
  lastError: z.string().nullable(),
});
export type NoticeState = z.infer<typeof NoticeStateSchema>;

export interface NoticeFilter {
  /** Only those of one alert, and the digests that hold it. */
  readonly alertId?: string;
  /** Only those that were tried and have not arrived. */
  readonly failed?: boolean;
  readonly limit: number;
}

/** Notifications: sent, failed, pending; the newest first. */
export async function listNotices(db: Queryable, filter: NoticeFilter): Promise<NoticeState[]> {
  const answer = await db.query(
    `SELECT * FROM (
       SELECT o.id, d.alert_id AS "alertId", o.change, d.channel, o.created_at AS "createdAt", d.attempts, d.repeats,
         d.last_attempt_at AS "lastAttemptAt", d.next_attempt_at AS "nextAttemptAt", d.delivered_at AS "deliveredAt",
         d.gave_up_at AS "gaveUpAt", d.last_error AS "lastError"
       FROM alert_delivery d JOIN alert_outbox o USING (seq) WHERE $1::text IS NULL OR d.alert_id = $1
       UNION ALL
       SELECT g.id, NULL, 'digest', g.channel, g.ends_at, g.attempts, 0, g.last_attempt_at, g.next_attempt_at, g.delivered_at,
         g.gave_up_at, g.last_error
       FROM digest g WHERE $1::text IS NULL OR EXISTS (
         SELECT 1 FROM digest_entry e JOIN alert_outbox o USING (seq) WHERE e.digest_id = g.id AND o.alert_id = $1
       )
     ) AS notice
     WHERE NOT $2 OR ("deliveredAt" IS NULL AND "lastError" IS NOT NULL)
     ORDER BY "createdAt" DESC, id, channel LIMIT $3`,
    [filter.alertId ?? null, filter.failed ?? false, filter.limit],
  );
  return parseRows(answer, NoticeStateSchema);
}
