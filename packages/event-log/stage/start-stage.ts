/**
 * A stage of the pipeline at work: one member of the consumer group that has the stage's name.
 *
 *   batch ──split──▶ stretch ──processBatch──▶ emissions and dead letters published ──▶ offset moves
 *
 * Each stage is counted, timed and traced in the same way, and keeps a heartbeat.
 */
import {
  startHeartbeat,
  toError,
  traceStage,
  type Logger,
  type Metrics,
  type Stoppable,
} from '@leakwatch/runtime';
import { type SavePayload } from '../dead-letters/encode-dead-letter.ts';
import { EventLogError } from '../port/errors.ts';
import { type Batch, type EventLog, type LogRecord } from '../port/event-log.ts';
import { assertLeased } from './assert-leased.ts';
import { labelOf, processBatch, type Outcome, type ProcessBatchOptions } from './process-batch.ts';

export interface Stage {
  /** The consumer group, the label of its metrics, and the origin of its dead letters: `matcher-text` */
  readonly name: string;
  readonly topic: string;
  readonly maxBatchRecords: number;
  /** Number of partitions that it works on at once. */
  readonly concurrency: number;
  /** How long records wait for others to share their batch. */
  readonly gatherMs?: number;
  /** How often a failing record is tried in all. */
  readonly maxAttempts: number;
  readonly process: ProcessBatchOptions['process'];
  /** Cuts a batch into stretches, which are finished and committed one after the other. */
  readonly split?: (records: readonly LogRecord[]) => readonly (readonly LogRecord[])[];
  /** Hears the final outcome of each record. Dead letters are counted already. */
  readonly observe?: (outcome: Outcome, record: LogRecord) => void;
  /** False: leaves no trace of single records. */
  readonly isTraced?: boolean;
}

export interface StageTools {
  readonly log: EventLog;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly savePayload: SavePayload;
  /** Hears that the stage has stopped for good. */
  readonly onFatal?: ((error: Error) => void) | undefined;
}

export interface RunningStage extends Stoppable {
  /** Rejects while the stage's lease has ended, and once it has stopped. */
  ready(): Promise<void>;
}

const STOPPED = 'stopped between two parts of a batch';

/** Reads the topic from where the group was left, until the stage is stopped. */
export async function startStage(stage: Stage, tools: StageTools): Promise<RunningStage> {
  const { log, metrics, logger, onFatal } = tools;
  const { name, topic, maxBatchRecords, concurrency, gatherMs } = stage;
  const heartbeat = startHeartbeat(metrics, name);
  let isStopping = false;
  const subscribing = log.subscribe({
    group: name,
    topics: [topic],
    startAt: 'earliest',
    maxBatchRecords,
    concurrency,
    ...(gatherMs === undefined ? {} : { gatherMs }),
    handle: async (batch) => {
      for (const records of stage.split?.(batch.records) ?? [batch.records]) {
        // The parts finished before are committed; the next member takes the rest.
        if (isStopping) throw new Error(STOPPED);
        await heartbeat.during(() => processStretch({ ...batch, records }, stage, tools));
      }
    },
    onError: (error) => {
      if (isStopping && error.message.endsWith(STOPPED)) return;
      if (error instanceof EventLogError && error.code === 'offset-trimmed') {
        metrics.stageFailures.inc({ stage: name, reason: 'records-lost' });
        logger.error({ stage: name, error: error.message }, 'records were lost before they were read');
        return;
      }
      metrics.stageFailures.inc({ stage: name, reason: 'batch-failed' });
      logger.warn({ stage: name, error: error.message }, 'a batch failed and is tried again');
    },
  });
  // A stage that never started must not look alive.
  subscribing.catch(() => heartbeat.stop());
  const subscription = await subscribing;
  let ended: Error | null = null;
  subscription.stopped.then(
    () => (ended = new Error(`${name} has been stopped`)),
    (error: unknown) => {
      ended = toError(error);
      onFatal?.(ended);
    },
  );
  return {
    name,
    ready: () =>
      new Promise((resolve) => {
        if (ended !== null) throw ended;
        assertLeased(name, subscription);
        resolve();
      }),
    stop: async () => {
      isStopping = true;
      await subscription.close();
      await heartbeat.stop();
    },
  };
}

async function processStretch(stretch: Batch, stage: Stage, tools: StageTools): Promise<void> {
  const { log, metrics, logger, savePayload } = tools;
  const { name, process, maxAttempts } = stage;
  const startedAt = new Date();
  const endTimer = metrics.stageDuration.startTimer({ stage: name });
  const observe = (outcome: Outcome, record: LogRecord) => {
    if (outcome.kind === 'failed') metrics.deadLetters.inc({ stage: name, reason: outcome.reason });
    stage.observe?.(outcome, record);
    if (stage.isTraced === false) return;
    const { traceparent } = record.headers;
    traceStage(logger, { stage: name, traceparent, startedAt, outcome: labelOf(outcome) });
  };
  await processBatch(stretch, { log, stage: name, maxAttempts, process, savePayload, observe });
  const last = stretch.records.at(-1);
  if (last !== undefined) stretch.done(last.offset);
  endTimer();
}
