import { EVENTS, isCanaryCreator, type Lane } from '@leakwatch/contracts';
import {
  eventTypeName,
  labelOf,
  processBatch,
  type EventLog,
  type LogRecord,
  type Outcome,
  type Subscription,
} from '@leakwatch/event-log';
import { traceStage, type Heartbeat, type Logger, type Metrics } from '@leakwatch/runtime';
import { keepBytes, type Store } from '@leakwatch/store';
import { type MatcherLane } from './pipeline.ts';

const MAX_ATTEMPTS = 3;

interface LaneParts {
  readonly log: EventLog;
  readonly store: Store;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly heartbeat: Heartbeat;
}

/** Puts a lane to work on the topic `posts`, as a member of its own consumer group. */
export function subscribeLane(
  lane: MatcherLane,
  { log, store, metrics, logger, heartbeat }: LaneParts,
): Promise<Subscription> {
  const stage = `matcher-${lane.lane}`;
  return log.subscribe({
    group: stage,
    topics: ['posts'],
    startAt: 'earliest',
    maxBatchRecords: 500,
    concurrency: lane.concurrency,
    handle: async (batch) => {
      for (const records of lane.split(batch.records)) {
        const startedAt = new Date();
        const ended = metrics.stageDuration.startTimer({ stage });
        await heartbeat.during(() =>
          processBatch(
            { ...batch, records },
            {
              log,
              stage,
              maxAttempts: MAX_ATTEMPTS,
              process: lane.process,
              savePayload: keepBytes(store.pool),
              observe: (outcome, record) => {
                count(lane.lane, outcome, record, metrics);
                const { traceparent } = record.headers;
                traceStage(logger, { stage, traceparent, startedAt, outcome: labelOf(outcome) });
              },
            },
          ),
        );
        const last = records.at(-1);
        if (last !== undefined) batch.done(last.offset);
        ended();
      }
    },
    onError: (error) => {
      metrics.stageFailures.inc({ stage, reason: 'batch-failed' });
      logger.warn({ stage, error: error.message }, 'a batch failed and is tried again');
    },
  });
}

function count(lane: Lane, outcome: Outcome, { key }: LogRecord, metrics: Metrics): void {
  if (outcome.kind === 'dropped') return;
  if (outcome.kind === 'failed') {
    metrics.deadLetters.inc({ stage: `matcher-${lane}`, reason: outcome.reason });
  }
  if (isCanaryCreator(key)) return;
  if (outcome.kind === 'failed') {
    metrics.postsScanned.inc({ lane, outcome: 'failed' });
    return;
  }
  const matched = outcome.emit.some((record) => eventTypeName(record) === EVENTS.detection.type);
  metrics.postsScanned.inc({ lane, outcome: matched ? 'matched' : 'clean' });
}
