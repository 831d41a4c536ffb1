import { hashId, type AlertChange } from '@leakwatch/contracts';
import { type Queryable } from '../queryable.ts';
import { StoreError } from '../store-error.ts';
import { loadAlert } from './load-alert.ts';

/** Told when the outbox has something new. */
export const ALERT_OUTBOX_CHANNEL = 'leakwatch_alert_outbox';

/** An event carries the newest of its alert's occurrences: a creator who posts for weeks must not make it grow for ever. */
export const OCCURRENCES_IN_EVENT = 20;

export interface NewAlertEvent {
  readonly alertId: string;
  readonly change: AlertChange;
  /** The detection, revision scan or verdict that made the change: with it the event has the same id when it is made again. */
  readonly cause: string;
  readonly verdictId?: string;
  /** It goes into the log, for those who look, and to no channel. */
  readonly quiet?: boolean;
  /** W3C trace context of the post that made the change; without it the change belongs to the trace of its alert. */
  readonly traceparent?: string | undefined;
  readonly at: Date;
}

/** Writes what is to be told of an alert, as it stands now, into the outbox: in the transaction of the change itself. */
export async function appendAlertEvent(tx: Queryable, event: NewAlertEvent): Promise<void> {
  const alert = await loadAlert(tx, event.alertId, OCCURRENCES_IN_EVENT);
  if (alert === null) throw new StoreError('unexpected-row', 'the alert of an event is not there');
  await tx.query(
    `WITH event AS (
       INSERT INTO alert_outbox (id, alert_id, change, verdict_id, alert, created_at, quiet, traceparent)
       SELECT $1, $2, $3, $4, $5, $6, $8, coalesce($9, (
         SELECT traceparent FROM alert_outbox WHERE alert_id = $2 AND traceparent IS NOT NULL ORDER BY seq LIMIT 1
       ))
       ON CONFLICT (id) DO NOTHING RETURNING seq
     )
     SELECT pg_notify($7, '') FROM event`,
    [
      hashId('alert-event', event.alertId, event.change, event.cause),
      event.alertId,
      event.change,
      event.verdictId ?? null,
      JSON.stringify(alert),
      event.at,
      ALERT_OUTBOX_CHANNEL,
      event.quiet ?? false,
      event.traceparent ?? null,
    ],
  );
}
