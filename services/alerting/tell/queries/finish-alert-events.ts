import { type Queryable } from '@leakwatch/store';

/** A published event, and the channels to tell. */
export interface PublishedEvent {
  readonly seq: string;
  readonly atOnce: readonly string[];
  /** Channels that tell it in their next digest. */
  readonly inDigest: readonly string[];
  /** Channels that are told at once, if they were told anything of its alert before. */
  readonly whereKnown: readonly string[];
}

/**
 * Records that events are published, and which channels tell them. Quiet events go to none.
 *
 * @param events - claimed by this transaction
 */
export async function finishAlertEvents(tx: Queryable, events: readonly PublishedEvent[]): Promise<void> {
  const pairs = (channelsOf: (event: PublishedEvent) => readonly string[]) => {
    const flat = events.flatMap((event) => channelsOf(event).map((channel) => ({ seq: event.seq, channel })));
    return [flat.map(({ seq }) => seq), flat.map(({ channel }) => channel)];
  };
  await tx.query(
    `WITH published AS (
       UPDATE alert_outbox SET published_at = clock_timestamp() WHERE seq = ANY ($1) RETURNING seq, alert_id, quiet
     ), loud AS (
       SELECT seq, alert_id FROM published WHERE NOT quiet
     ), digested AS (
       INSERT INTO digest_entry (seq, channel)
       SELECT seq, channel FROM unnest($4::bigint[], $5::text[]) AS t (seq, channel) JOIN loud USING (seq)
       ON CONFLICT DO NOTHING
     )
     INSERT INTO alert_delivery (seq, channel, alert_id, next_attempt_at)
     SELECT seq, channel, alert_id, clock_timestamp()
     FROM unnest($2::bigint[], $3::text[]) AS t (seq, channel) JOIN loud USING (seq)
     UNION
     SELECT seq, channel, alert_id, clock_timestamp()
     FROM unnest($6::bigint[], $7::text[]) AS t (seq, channel) JOIN loud USING (seq)
     WHERE EXISTS (
       SELECT 1 FROM alert_delivery d WHERE d.alert_id = loud.alert_id AND d.channel = t.channel
     )
     ON CONFLICT DO NOTHING`,
    [
      events.map(({ seq }) => seq),
      ...pairs(({ atOnce }) => atOnce),
      ...pairs(({ inDigest }) => inDigest),
      ...pairs(({ whereKnown }) => whereKnown),
    ],
  );
}
