import { type RescanState } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { announceRescan } from './announce-rescan.ts';

const IdRowSchema = z.object({ id: z.string() });

/**
 * Pauses, resumes or cancels a job. Jobs that share its pass are paused and resumed with it; a cancel concerns it
 * alone.
 *
 * @param from - the states that allow the change
 * @returns the jobs that changed; none if the job's state does not allow it
 */
export async function changeRescanState(
  tx: Queryable,
  id: string,
  change: { from: readonly RescanState[]; to: 'waiting' | 'running' | 'paused' | 'cancelled' },
  at: Date,
): Promise<string[]> {
  const answer = await tx.query(
    `WITH named AS (SELECT id, pass_id FROM rescan_job WHERE id = $1)
     UPDATE rescan_job j
     SET state = $3::text, finished_at = CASE WHEN $3::text = 'cancelled' THEN $4::timestamptz END
     FROM named
     WHERE (j.id = named.id OR ($3::text <> 'cancelled' AND j.pass_id = named.pass_id)) AND j.state = ANY ($2)
     RETURNING j.id`,
    [id, change.from, change.to, at],
  );
  await announceRescan(tx);
  return parseRows(answer, IdRowSchema).map((row) => row.id);
}

/**
 * Fails a waiting job that can't be started.
 *
 * @param error - why, in a sentence
 */
export async function failRescanJob(tx: Queryable, id: string, error: string, at: Date): Promise<void> {
  await tx.query(
    `UPDATE rescan_job SET state = 'failed', error = $2, finished_at = $3 WHERE id = $1 AND state = 'waiting'`,
    [id, error, at],
  );
}
