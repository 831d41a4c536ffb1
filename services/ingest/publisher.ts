import { traceStage, type Logger, type Metrics } from '@leakwatch/runtime';
import { limitConcurrency } from './durable/limit-concurrency.ts';
import {
  publishBatch,
  type PipelineParts,
  type PreparedBatch,
  type PublishedBatch,
  type PublishOptions,
} from './pipeline.ts';
import { countOutcomes } from './steps/count-outcomes.ts';
import { STAGE } from './steps/write-dead-letters.ts';

/**
 * Each publish holds a connection while the log takes another, so a few at once leave the pool free for the rest. When too
 * many wait, a webhook's sender must come back.
 */
const PUBLISHES = { running: 3, waiting: 32 };

export interface Publisher {
  /** Publishes a batch in its turn, and counts, times and traces it. */
  readonly publish: (batch: PreparedBatch, options: PublishOptions) => Promise<PublishedBatch>;
  /** True while a batch is being published. */
  readonly isBusy: () => boolean;
}

export function createPublisher(
  parts: PipelineParts,
  { metrics, logger }: { metrics: Metrics; logger: Logger },
): Publisher {
  const limit = limitConcurrency(PUBLISHES);
  let publishing = 0;

  async function publishNow(batch: PreparedBatch, options: PublishOptions): Promise<PublishedBatch> {
    publishing += 1;
    const startedAt = new Date();
    const ended = metrics.stageDuration.startTimer({ stage: STAGE });
    try {
      const published = await publishBatch(batch, options, parts);
      countOutcomes(metrics, published);
      for (const { headers } of published.records) {
        const { traceparent } = headers;
        traceStage(logger, { stage: STAGE, traceparent, startedAt, outcome: 'ok', isRoot: true });
      }
      return published;
    } finally {
      publishing -= 1;
      ended();
    }
  }

  return {
    publish: (batch, options) => limit(() => publishNow(batch, options)),
    isBusy: () => publishing > 0,
  };
}
