import { AlertChangeSchema } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const DeliveryStateSchema = z.object({
  eventId: z.string(),
  change: AlertChangeSchema,
  channel: z.string(),
  attempts: z.int(),
  lastAttemptAt: z.date().nullable(),
  nextAttemptAt: z.date(),
  deliveredAt: z.date().nullable(),
  gaveUpAt: z.date().nullable(),
  lastError: z.string().nullable(),
});
export type DeliveryState = z.infer<typeof DeliveryStateSchema>;

/** The deliveries of an alert's changes, by channel. */
export async function listDeliveries(db: Queryable, alertId: string): Promise<DeliveryState[]> {
  const answer = await db.query(
    `SELECT o.id AS "eventId", o.change, d.channel, d.attempts, d.last_attempt_at AS "lastAttemptAt",
       d.next_attempt_at AS "nextAttemptAt", d.delivered_at AS "deliveredAt", d.gave_up_at AS "gaveUpAt",
       d.last_error AS "lastError"
     FROM alert_delivery d JOIN alert_outbox o ON o.seq = d.seq
     WHERE d.alert_id = $1 ORDER BY d.seq, d.channel`,
    [alertId],
  );
  return parseRows(answer, DeliveryStateSchema);
}
