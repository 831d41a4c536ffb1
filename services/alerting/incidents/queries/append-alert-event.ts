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

const WrittenSchema = z.object({ isThere: z.boolean() });

/**
 * Writes a change into the outbox, with the alert as it stands now. Call it in the transaction of the change itself.
 */
export async function appendAlertEvent(tx: Queryable, event: NewAlertEvent): Promise<void> {
  const answer = await tx.query({
    name: 'append-alert-event',
    text: `WITH event AS (
       INSERT INTO alert_outbox (id, alert_id, change, verdict_id, alert, created_at, quiet, traceparent)
       SELECT $1, a.id, $3, $4, ${alertAsJson(String(OCCURRENCES_IN_EVENT))}, $5, $7, coalesce($8, (
         SELECT traceparent FROM alert_outbox WHERE alert_id = $2 AND traceparent IS NOT NULL ORDER BY seq LIMIT 1
       ))
       FROM alert a WHERE a.id = $2
       ON CONFLICT (id) DO NOTHING RETURNING seq
     )
     SELECT EXISTS (SELECT FROM alert WHERE id = $2) AS "isThere", (SELECT pg_notify($6, '') FROM event) AS told`,
    values: [
      hashId('alert-event', event.alertId, event.change, event.cause),
      event.alertId,
      event.change,
      event.verdictId ?? null,
      event.at,
      ALERT_OUTBOX_CHANNEL,
      event.quiet ?? false,
      event.traceparent ?? null,
    ],
  });
  if (parseRows(answer, WrittenSchema)[0]?.isThere === true) return;
  throw new StoreError('unexpected-row', 'the alert of an event is not there');
}
