import { openJobQueue, type JobQueue } from '@leakwatch/rescan';
import { type Store } from '@leakwatch/store';
import { onDemand, type OnDemand } from './on-demand.ts';

/** The queue of re-scans, opened with the first request: it keeps timers of its own. */
export function openRescanQueue(
  store: Pick<Store, 'pool'>,
  onError: (error: Error) => void,
): OnDemand<JobQueue> {
  return onDemand(
    () => openJobQueue(store, { onError }),
    (queue) => queue.stop(),
  );
}
