import { RescanRequestSchema } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const WaitingRowSchema = z.object({ id: z.string(), request: RescanRequestSchema });
export type WaitingJob = z.infer<typeof WaitingRowSchema>;

/** Locks those of the jobs that still wait, the oldest first, until the transaction ends. */
export async function lockWaitingJobs(tx: Queryable, ids: readonly string[]): Promise<WaitingJob[]> {
  const answer = await tx.query(
    `SELECT id, request FROM rescan_job WHERE id = ANY ($1) AND state = 'waiting' ORDER BY created_at, id FOR UPDATE`,
    [ids],
  );
  return parseRows(answer, WaitingRowSchema);
}
