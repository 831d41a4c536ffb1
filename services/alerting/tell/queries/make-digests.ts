import { hashId } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const WaitingSchema = z.object({ channel: z.string(), endsAt: z.date() });

export interface DigestPeriods {
  readonly intervalMs: number;
  /** Channels whose digests include re-scans. */
  readonly rescansTo: readonly string[];
}

/** Re-scans older than this are in no digest: notices are given up after the same time. */
const RESCANS_OF = '7 days';

/** Re-scans that ended before the period did and are in no digest of the channel. */
const UNTOLD_RESCANS = `
  j.finished_at < ends_at AND j.finished_at >= ends_at - interval '${RESCANS_OF}'
  AND NOT EXISTS (SELECT 1 FROM digest_rescan r WHERE r.job_id = j.id AND r.channel = called.channel)`;

/**
 * Makes the digest of the last period, for each channel with changes or a re-scan waiting from before its end. Periods
 * count from 1970, so that all processes mean the same ones; one of them makes it. Later changes go to the next digest.
 * Gives how many were made.
 */
export async function makeDigests(tx: Queryable, { intervalMs, rescansTo }: DigestPeriods): Promise<number> {
  const waiting = await tx.query(
    `WITH period AS (
       SELECT to_timestamp(floor(extract(epoch FROM clock_timestamp()) * 1000 / $1::float8) * $1::float8 / 1000) AS ends_at
     )
     SELECT channel, ends_at AS "endsAt" FROM digest_entry, period WHERE digest_id IS NULL AND added_at < ends_at
     UNION
     SELECT called.channel, ends_at FROM unnest($2::text[]) AS called (channel), period, rescan_job j
     WHERE ${UNTOLD_RESCANS}`,
    [intervalMs, rescansTo],
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
    await tx.query(
      `INSERT INTO digest_rescan (job_id, channel, digest_id)
       SELECT j.id, called.channel, $1 FROM rescan_job j, (SELECT $2::text AS channel, $3::timestamptz AS ends_at) AS called
       WHERE called.channel = ANY ($4) AND ${UNTOLD_RESCANS}`,
      [id, channel, endsAt, rescansTo],
    );
    made += 1;
  }
  return made;
}
