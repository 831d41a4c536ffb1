import { AlertEventSchema, type AlertChange, type AlertEvent } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

/** Changes that call people once more, even after an acknowledgement. */
export const CALLING_CHANGES = ['escalated', 'snooze-ended'] as const satisfies readonly AlertChange[];

const DeliveryRowSchema = z.object({
  seq: z.string(),
  id: z.string(),
  change: AlertEventSchema.shape.change,
  at: z.date(),
  alert: AlertEventSchema.shape.alert,
  attempts: z.int(),
  ageMs: z.number(),
  reached: z.array(z.string()),
  calls: z.int(),
  repeats: z.int(),
  traceparent: z.string().nullable(),
});

export interface Delivery {
  readonly seq: string;
  readonly event: AlertEvent;
  /** This attempt included. */
  readonly attempts: number;
  /** Since the event was published, or was last made due again. */
  readonly ageMs: number;
  /** The recipients that earlier attempts reached, by opaque ids. */
  readonly reached: readonly string[];
  /** Number of the alert's changes up to this one that are {@link CALLING_CHANGES}. */
  readonly calls: number;
  /** The number of earlier tellings, for a receiver that forgets. */
  readonly repeats: number;
  /** Trace context of the post behind the event. */
  readonly traceparent: string | null;
}

/**
 * Claims a channel's due deliveries: only the earliest untold event of each alert, so that an incident is told in
 * order. Others leave a claim alone for `leaseMs`; if this process dies, they take it after that.
 *
 * The earliest one is asked for each row: a join is planned by estimates that lag behind a burst, and compares all pairs.
 */
export async function claimDeliveries(
  db: Queryable,
  { channel, limit, leaseMs }: { channel: string; limit: number; leaseMs: number },
): Promise<Delivery[]> {
  const answer = await db.query(
    `WITH due AS (
       SELECT d.seq FROM alert_delivery d
       WHERE d.channel = $1 AND d.delivered_at IS NULL AND d.gave_up_at IS NULL
         AND d.next_attempt_at <= clock_timestamp()
         AND d.seq = (
           SELECT e.seq FROM alert_delivery e
           WHERE e.channel = d.channel AND e.alert_id = d.alert_id
             AND e.delivered_at IS NULL AND e.gave_up_at IS NULL
           ORDER BY e.seq LIMIT 1
         )
       ORDER BY d.seq LIMIT $2 FOR UPDATE SKIP LOCKED
     ), claimed AS (
       UPDATE alert_delivery d SET
         attempts = d.attempts + 1,
         leased = true,
         last_attempt_at = clock_timestamp(),
         next_attempt_at = clock_timestamp() + $3 * interval '1 millisecond'
       FROM due WHERE d.seq = due.seq AND d.channel = $1
       RETURNING d.seq, d.attempts, d.reached, d.repeats, d.due_since
     )
     SELECT o.seq, o.id, o.change, o.created_at AS at, o.alert, c.attempts, c.reached, c.repeats,
       extract(epoch FROM clock_timestamp() - coalesce(c.due_since, o.published_at))::float8 * 1000 AS "ageMs", o.traceparent,
       (
         SELECT count(*)::int FROM alert_outbox e
         WHERE e.alert_id = o.alert_id AND e.seq <= o.seq AND e.change = ANY ($4)
       ) AS calls
     FROM claimed c JOIN alert_outbox o ON o.seq = c.seq ORDER BY o.seq`,
    [channel, limit, leaseMs, CALLING_CHANGES],
  );
  return parseRows(answer, DeliveryRowSchema).map(({ seq, id, change, at, alert, ...about }) => ({
    seq,
    event: { schemaVersion: 1, id, change, at: at.toISOString(), alert },
    ...about,
  }));
}
