import { type Queryable } from '../queryable.ts';

/**
 * Notes that events are in the log, and that each channel is to tell them now, but for the quiet ones.
 *
 * @param seqs - of events that this transaction has claimed
 */
export async function finishAlertEvents(
  tx: Queryable,
  seqs: readonly string[],
  channels: readonly string[],
): Promise<void> {
  await tx.query(
    `WITH published AS (
       UPDATE alert_outbox SET published_at = clock_timestamp() WHERE seq = ANY ($1) RETURNING seq, alert_id, quiet
     )
     INSERT INTO alert_delivery (seq, channel, alert_id, next_attempt_at)
     SELECT seq, channel, alert_id, clock_timestamp() FROM published, unnest($2::text[]) AS channel
     WHERE NOT quiet
     ON CONFLICT DO NOTHING`,
    [seqs, channels],
  );
}
