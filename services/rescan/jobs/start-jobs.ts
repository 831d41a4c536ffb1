import { type EventLog } from '@leakwatch/event-log';
import { loadCurrentWatchList, type Store } from '@leakwatch/store';
import { planPasses, rangesOf, type RangedJob } from './plan-passes.ts';
import { announceRescan } from './queries/announce-rescan.ts';
import { failRescanJob } from './queries/change-job-state.ts';
import { lockWaitingJobs } from './queries/lock-waiting-jobs.ts';
import { startRescanPass } from './queries/start-pass.ts';
import { missingFrom } from './select-items.ts';

/**
 * Starts jobs with the current ends of the log and the current watch list. A job whose campaign is gone fails, with the
 * reason. A repetition finds nothing to do.
 */
export async function startJobs(
  { store, log, clock }: { store: Store; log: EventLog; clock: () => Date },
  jobIds: readonly string[],
): Promise<void> {
  await store.transaction(async (tx) => {
    const jobs = await lockWaitingJobs(tx, jobIds);
    if (jobs.length === 0) return;
    const list = await loadCurrentWatchList(tx);
    const at = clock();
    const ends = await log.endOffsets('fingerprints');
    const ranged: RangedJob[] = [];
    for (const { id, request } of jobs) {
      const missing = list === null ? 'there is no watch list: import one first' : missingFrom(request, list);
      if (missing === null) ranged.push({ id, ranges: await rangesOf(log, request, ends) });
      else await failRescanJob(tx, id, missing, at);
    }
    for (const pass of planPasses(ranged)) {
      const [leader] = pass.jobs;
      if (leader === undefined || list === null) continue;
      const jobIds = pass.jobs.map(({ id }) => id);
      await startRescanPass(tx, {
        id: leader.id,
        watchListVersion: list.version,
        jobIds,
        ranges: pass.ranges,
        at,
      });
    }
    await announceRescan(tx);
  });
}
