import { AlertEventSchema, LaneSchema, VerdictKindSchema, type AlertEvent } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const OutboxRowSchema = z.object({
  seq: z.string(),
  id: z.string(),
  change: AlertEventSchema.shape.change,
  at: z.date(),
  alert: AlertEventSchema.shape.alert,
  matcher: LaneSchema,
  verdict: VerdictKindSchema.nullable(),
  traceparent: z.string().nullable(),
  hasNext: z.boolean(),
});

export interface ClaimedEvent {
  readonly seq: string;
  readonly event: AlertEvent;
  /** The lane that opened the alert. */
  readonly matcher: z.infer<typeof LaneSchema>;
  /** The verdict that the event tells of, if it does. */
  readonly verdict: z.infer<typeof VerdictKindSchema> | null;
  /** Trace context of the post behind the event. */
  readonly traceparent: string | null;
  /** Whether a later event of its alert waits. */
  readonly hasNext: boolean;
}

/**
 * Claims events that are not in the log yet: only the earliest of each alert, so that two relays can't overtake each
 * other. They stay locked until the transaction ends.
 */
export async function claimAlertEvents(tx: Queryable, limit: number): Promise<ClaimedEvent[]> {
  const answer = await tx.query(
    `SELECT o.seq, o.id, o.change, o.created_at AS at, o.alert, o.traceparent,
       (SELECT a.matcher FROM alert a WHERE a.id = o.alert_id) AS matcher,
       (SELECT v.verdict FROM alert_verdict v WHERE v.id = o.verdict_id) AS verdict,
       EXISTS (
         SELECT FROM alert_outbox e WHERE e.alert_id = o.alert_id AND e.published_at IS NULL AND e.seq > o.seq
       ) AS "hasNext"
     FROM alert_outbox o
     WHERE o.published_at IS NULL AND o.seq = (
       SELECT min(e.seq) FROM alert_outbox e WHERE e.alert_id = o.alert_id AND e.published_at IS NULL
     )
     ORDER BY o.seq LIMIT $1 FOR UPDATE OF o SKIP LOCKED`,
    [limit],
  );
  return parseRows(answer, OutboxRowSchema).map(({ seq, id, change, at, alert, ...about }) => ({
    seq,
    event: { schemaVersion: 1, id, change, at: at.toISOString(), alert },
    ...about,
  }));
}
