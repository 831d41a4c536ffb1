import { RescanRequestSchema } from '@leakwatch/contracts';
import { startLoop } from '@leakwatch/runtime';
import { takeLookBacks, type Store } from '@leakwatch/store';
import { type JobQueue } from './job-queue.ts';
import { createRescanJob } from './queries/create-job.ts';

const POLL_MS = 1000;
const LOOK_BACKS_A_TURN = 50;

export interface LookBackFollower {
  stop(): Promise<void>;
}

/** Turns alerting's requests to scan a creator's history again into jobs. */
export function followLookBacks(
  store: Pick<Store, 'transaction'>,
  queue: Pick<JobQueue, 'send'>,
  options: {
    clock: () => Date;
    onTaken: (jobIds: readonly string[]) => void;
    onError: (error: Error) => void;
  },
): LookBackFollower {
  const loop = startLoop({
    turn: async (stopping) => {
      if (stopping.aborted) return false;
      const jobIds = await takeLookBacksUp(store, queue, options.clock());
      if (jobIds.length > 0) options.onTaken(jobIds);
      return jobIds.length === LOOK_BACKS_A_TURN;
    },
    pollMs: POLL_MS,
    onError: options.onError,
  });
  return { stop: () => loop.stop() };
}

/** Takes a request in the transaction that makes it a job with its id, so that each becomes one job. */
function takeLookBacksUp(
  store: Pick<Store, 'transaction'>,
  queue: Pick<JobQueue, 'send'>,
  at: Date,
): Promise<string[]> {
  return store.transaction(async (tx) => {
    const lookBacks = await takeLookBacks(tx, LOOK_BACKS_A_TURN, at);
    for (const { id, creatorId, since, minConfidence } of lookBacks) {
      const creators = [creatorId];
      const request = RescanRequestSchema.parse({ creators, since: since.toISOString(), minConfidence });
      await createRescanJob(tx, { id, cause: 'look-back', request, requestedBy: 'tier 4', at });
      await queue.send(tx, id);
    }
    return lookBacks.map(({ id }) => id);
  });
}
