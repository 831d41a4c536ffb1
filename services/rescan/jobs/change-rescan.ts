import { type RescanState } from '@leakwatch/contracts';
import { type Store } from '@leakwatch/store';
import { type JobQueue } from './job-queue.ts';
import { changeRescanState } from './queries/change-job-state.ts';
import { loadRescanJob } from './queries/list-jobs.ts';
import { RescanError } from './rescan-error.ts';

export type RescanChange = 'pause' | 'resume' | 'cancel';

/** The states from which each change leads, and its name afterwards. */
const CHANGES: Record<RescanChange, { from: readonly RescanState[]; done: string }> = {
  pause: { from: ['waiting', 'running'], done: 'paused' },
  resume: { from: ['paused'], done: 'resumed' },
  cancel: { from: ['waiting', 'running', 'paused'], done: 'cancelled' },
};

/**
 * Pauses, resumes or cancels a job. Jobs that share its pass are paused and resumed with it.
 *
 * @returns the jobs that changed
 * @throws RescanError if there is no such job, or its state does not allow the change
 */
export async function changeRescan(
  store: Pick<Store, 'pool' | 'transaction'>,
  queue: Pick<JobQueue, 'send'>,
  id: string,
  change: RescanChange,
  at: Date,
): Promise<string[]> {
  const job = await loadRescanJob(store.pool, id);
  if (job === null) throw new RescanError(`there is no re-scan \`${id}\``);
  const { from, done } = CHANGES[change];
  const isStarted = job.passId !== null;
  const to =
    change === 'pause' ? 'paused' : change === 'cancel' ? 'cancelled' : isStarted ? 'running' : 'waiting';
  const changed = await store.transaction(async (tx) => {
    const jobs = await changeRescanState(tx, id, { from, to }, at);
    if (to === 'waiting' && jobs.length > 0) await queue.send(tx, id);
    return jobs;
  });
  if (changed.length === 0) throw new RescanError(`re-scan ${id} is ${job.state}: it can't be ${done}`);
  return changed;
}
