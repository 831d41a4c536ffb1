import { openJobQueue, type JobQueue } from '@leakwatch/rescan';
import { type Store } from '@leakwatch/store';

/** The queue of re-scans, opened with the first request: it keeps timers of its own. */
export interface RescanQueue {
  readonly get: () => Promise<JobQueue>;
  close(): Promise<void>;
}

export function openRescanQueue(store: Pick<Store, 'pool'>, onError: (error: Error) => void): RescanQueue {
  let queue: Promise<JobQueue> | null = null;
  return {
    get: () => {
      queue ??= openJobQueue(store, { onError }).catch((error: unknown) => {
        queue = null;
        throw error;
      });
      return queue;
    },
    close: async () => {
      await (await queue)?.stop();
    },
  };
}
