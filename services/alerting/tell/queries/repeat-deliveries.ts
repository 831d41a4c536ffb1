import { type Queryable } from '@leakwatch/store';

/**
 * Makes the last change of every standing alert due again, if it was told `everyMs` ago. It then goes the way of any
 * notice: in order, by one process, with its attempts counted from zero. Gives how many.
 */
export async function repeatDeliveries(
  db: Queryable,
  { channel, everyMs }: { channel: string; everyMs: number },
): Promise<number> {
  const { rowCount } = await db.query(
    `UPDATE alert_delivery d SET
       delivered_at = NULL,
       gave_up_at = NULL,
       last_error = NULL,
       attempts = 0,
       repeats = d.repeats + 1,
       due_since = clock_timestamp(),
       next_attempt_at = clock_timestamp()
     FROM alert a CROSS JOIN LATERAL (
       SELECT max(e.seq) AS seq FROM alert_delivery e WHERE e.alert_id = a.id AND e.channel = $1
     ) last
     WHERE a.state <> 'resolved' AND d.seq = last.seq AND d.channel = $1
       AND coalesce(d.delivered_at, d.gave_up_at) <= clock_timestamp() - $2 * interval '1 millisecond'`,
    [channel, everyMs],
  );
  return rowCount ?? 0;
}
