import { hashId, type AlertChange } from '@leakwatch/contracts';
import { parseRows, StoreError, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { alertAsJson } from './alert-row.ts';

/** Notified when the outbox has a new event. */
export const ALERT_OUTBOX_CHANNEL = 'leakwatch_alert_outbox';

/** The number of occurrences in an event, newest first: weeks of posts must not make it grow without end. */
const OCCURRENCES_IN_EVENT = 20;

export interface NewAlertEvent {
  readonly alertId: string;
  readonly change: AlertChange;
  /**
   * The detection, revision scan or verdict behind the change. An event made again from the same cause gets the same
   * id.
   */
  readonly cause: string;
  readonly verdictId?: string;
  /** A quiet event goes into the log and to no channel. */
  readonly quiet?: boolean;
  /** W3C trace context of the post behind the change; without it the change belongs to the trace of its alert. */
  readonly traceparent?: string | undefined;
  readonly at: Date;
}

const WrittenSchema = z.object({ areThere: z.boolean() });

/**
 * Writes a change into the outbox, with the alert as it stands now. Call it in the transaction of the change itself.
 */
export function appendAlertEvent(tx: Queryable, event: NewAlertEvent): Promise<void> {
  return appendAlertEvents(tx, [event]);
}

/** The same for several changes, in this order. */
export async function appendAlertEvents(tx: Queryable, events: readonly NewAlertEvent[]): Promise<void> {
  if (events.length === 0) return;
  const each = <T>(of: (event: NewAlertEvent) => T) => events.map(of);
  const answer = await tx.query({
    name: 'append-alert-events',
    text: `WITH happened AS (
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[], $6::boolean[], $7::text[])
         WITH ORDINALITY AS h (id, alert_id, change, verdict_id, created_at, quiet, traceparent, nth)
     ), event AS (
       INSERT INTO alert_outbox (id, alert_id, change, verdict_id, alert, created_at, quiet, traceparent)
       SELECT h.id, a.id, h.change, h.verdict_id, ${alertAsJson(String(OCCURRENCES_IN_EVENT))}, h.created_at, h.quiet,
         coalesce(h.traceparent, (
           SELECT traceparent FROM alert_outbox WHERE alert_id = a.id AND traceparent IS NOT NULL ORDER BY seq LIMIT 1
         ))
       FROM happened h JOIN alert a ON a.id = h.alert_id ORDER BY h.nth
       ON CONFLICT (id) DO NOTHING RETURNING seq
     )
     SELECT count(a.id) = count(*) AS "areThere", (SELECT pg_notify($8, '') FROM event LIMIT 1) AS told
     FROM happened h LEFT JOIN alert a ON a.id = h.alert_id`,
    values: [
      each((event) => hashId('alert-event', event.alertId, event.change, event.cause)),
      each(({ alertId }) => alertId),
      each(({ change }) => change),
      each(({ verdictId }) => verdictId ?? null),
      each(({ at }) => at),
      each(({ quiet }) => quiet ?? false),
      each(({ traceparent }) => traceparent ?? null),
      ALERT_OUTBOX_CHANNEL,
    ],
  });
  if (parseRows(answer, WrittenSchema)[0]?.areThere === true) return;
  throw new StoreError('unexpected-row', 'the alert of an event is not there');
}
