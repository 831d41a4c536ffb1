import { type Metrics } from '@leakwatch/runtime';
import { type Store } from '@leakwatch/store';
import { countRescanJobs, listRescanJobs } from './jobs/queries/list-jobs.ts';
import { loadLastRescan } from './jobs/queries/load-last-rescan.ts';

const MOST_JOBS = 1000;

/** Fills the gauges of re-scans from the database, as they are now. */
export async function fillRescanGauges({ pool }: Pick<Store, 'pool'>, metrics: Metrics): Promise<void> {
  const last = await loadLastRescan(pool);
  if (last !== null) metrics.rescanLastSuccess.set(last.getTime() / 1000);
  metrics.rescanJobs.reset();
  for (const { state, jobs } of await countRescanJobs(pool)) metrics.rescanJobs.set({ state }, jobs);
  const running = await listRescanJobs(pool, { state: 'running', limit: MOST_JOBS });
  // Jobs of one pass read the same records: the pass counts once.
  const left = new Map(running.map(({ passId, progress }) => [passId, progress.total - progress.done]));
  metrics.rescanLeft.set([...left.values()].reduce((sum, records) => sum + records, 0));
}
