import { hashId } from '@leakwatch/contracts';
import { z } from 'zod';
import { parseRows } from '../parse-rows.ts';
import { type Queryable } from '../queryable.ts';

const WaitingSchema = z.object({ channel: z.string(), endsAt: z.date() });

/**
 * Makes the digest of the period that has ended last, for each channel that something waits for from before its end. Periods
 * are counted from 1970, so that all processes mean the same ones; of those that come at once one makes it. What comes into
 * the outbox while it is made goes to the next. Gives how many were made.
 */
export async function makeDigests(tx: Queryable, intervalMs: number): Promise<number> {
  const waiting = await tx.query(
    `SELECT DISTINCT channel, ends_at AS "endsAt" FROM digest_entry, (
       SELECT to_timestamp(floor(extract(epoch FROM clock_timestamp()) * 1000 / $1::float8) * $1::float8 / 1000) AS ends_at
     ) AS period
     WHERE digest_id IS NULL AND added_at < ends_at`,
    [intervalMs],
  );
  let made = 0;
  for (const { channel, endsAt } of parseRows(waiting, WaitingSchema)) {
    const id = hashId('digest', channel, endsAt.toISOString());
    const { rowCount } = await tx.query(
      'INSERT INTO digest (id, channel, ends_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [id, channel, endsAt],
    );
    if (rowCount === 0) continue;
    await tx.query(
      'UPDATE digest_entry SET digest_id = $1 WHERE channel = $2 AND digest_id IS NULL AND added_at < $3',
      [id, channel, endsAt],
    );
    made += 1;
  }
  return made;
}
