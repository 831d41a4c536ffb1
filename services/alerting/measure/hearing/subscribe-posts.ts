import { processBatch, type EventLog, type Subscription } from '@leakwatch/event-log';
import { type Heartbeat, type Logger, type Metrics } from '@leakwatch/runtime';
import { keepBytes, type Store } from '@leakwatch/store';
import { type HearPosts } from './hear-posts.ts';

/** A group of its own, so that no alert waits for it. */
export const HEARING_GROUP = 'alerting-posts';

/** Gathers large batches: each costs five statements, whatever its size, and nothing here is urgent. */
const GATHER_MS = 500;

export interface PostSubscriptionOptions {
  readonly store: Pick<Store, 'pool'>;
  readonly log: EventLog;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly heartbeat: Heartbeat;
  readonly hear: HearPosts;
}

export function subscribePosts(options: PostSubscriptionOptions): Promise<Subscription> {
  const { store, log, metrics, logger, heartbeat, hear } = options;
  return log.subscribe({
    group: HEARING_GROUP,
    topics: ['posts'],
    startAt: 'earliest',
    maxBatchRecords: 500,
    concurrency: 2,
    gatherMs: GATHER_MS,
    handle: async (batch) => {
      const ended = metrics.stageDuration.startTimer({ stage: HEARING_GROUP });
      await heartbeat.during(() =>
        processBatch(batch, {
          log,
          stage: HEARING_GROUP,
          maxAttempts: 1,
          process: hear,
          savePayload: keepBytes(store.pool),
        }),
      );
      ended();
    },
    onError: (error) => {
      metrics.stageFailures.inc({ stage: HEARING_GROUP, reason: 'batch-failed' });
      logger.warn({ stage: HEARING_GROUP, error: error.message }, 'a batch failed and is tried again');
    },
  });
}
