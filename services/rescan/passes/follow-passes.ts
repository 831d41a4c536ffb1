import { type Batch, type EventLog, type Subscription } from '@leakwatch/event-log';
import { toError, type Logger, type Metrics } from '@leakwatch/runtime';
import { RESCAN_CHANNEL } from '../jobs/queries/announce-rescan.ts';
import { preparePass } from './open-pass.ts';
import { processFingerprints, type PassTools } from './pipeline.ts';
import { finishRescanPasses } from './queries/finish-passes.ts';
import { listOpenPasses, type OpenPass } from './queries/list-open-passes.ts';

export interface PassFollower {
  /** Whether this process works for a pass now. */
  isBusy(): boolean;
  /** Lets the batches under way end. */
  stop(): Promise<void>;
}

export interface FollowPassesOptions extends PassTools {
  readonly log: EventLog;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly onFinished: (jobIds: readonly string[]) => void;
}

const POLL_MS = 2000;
const BATCH_RECORDS = 500;
/** Partitions at once: while one is matched, the next one is read. */
const CONCURRENCY = 3;

interface Joined {
  /** Which jobs it serves: one that is cancelled or resumed changes what is matched. */
  readonly jobs: string;
  readonly subscription: Subscription;
}

/**
 * Joins the group of every pass that runs, leaves those that have ended or pause, and ends passes that are through. Every worker
 * does so by itself: the log's group shares the partitions out.
 */
export async function followPasses(options: FollowPassesOptions): Promise<PassFollower> {
  const { store, log, logger, metrics, clock } = options;
  const joined = new Map<string, Joined>();
  let isStopped = false;
  let looking: Promise<void> | null = null;
  let isLookWanted = false;

  /** Ends what is through; only then is it known what runs. */
  const listRunning = async (): Promise<OpenPass[]> => {
    const open = await listOpenPasses(store.pool);
    if (open.length === 0) return open;
    const starts = await log.offsetsAt('fingerprints', new Date(0));
    const finished = await store.transaction((tx) => finishRescanPasses(tx, starts, clock()));
    if (finished.length === 0) return open;
    options.onFinished(finished);
    return listOpenPasses(store.pool);
  };

  const look = async () => {
    const open = new Map((await listRunning()).map((pass) => [pass.id, pass]));
    for (const [id, { jobs, subscription }] of joined) {
      const pass = open.get(id);
      if (pass !== undefined && jobsOf(pass) === jobs) continue;
      joined.delete(id);
      await subscription.close();
    }
    for (const pass of open.values()) {
      // One that can't be prepared must not keep the others from it.
      if (!isStopped && !joined.has(pass.id)) await take(pass).catch(report);
    }
  };

  const take = async (pass: OpenPass) => {
    const subscription = await join(pass, wantLook, options);
    joined.set(pass.id, { jobs: jobsOf(pass), subscription });
    // A member that can never go on makes room for a new one at the next look.
    subscription.stopped.catch((error: unknown) => {
      report(error);
      if (joined.get(pass.id)?.subscription === subscription) joined.delete(pass.id);
    });
  };

  const report = (error: unknown) => {
    metrics.stageFailures.inc({ stage: 'rescan', reason: 'passes' });
    logger.warn({ error: toError(error).message }, 'a pass could not be worked for and is tried again');
  };

  const lookUntilNothingIsWanted = async () => {
    while (isLookWanted && !isStopped) {
      isLookWanted = false;
      try {
        await look();
      } catch (error) {
        report(error);
      }
    }
    looking = null;
  };

  function wantLook(): void {
    isLookWanted = true;
    looking ??= lookUntilNothingIsWanted();
  }

  const unlisten = await store.listen(RESCAN_CHANNEL, wantLook);
  const timer = setInterval(wantLook, POLL_MS);
  wantLook();
  return {
    isBusy: () => joined.size > 0,
    stop: async () => {
      isStopped = true;
      clearInterval(timer);
      await unlisten();
      await looking;
      await Promise.all([...joined.values()].map(({ subscription }) => subscription.close()));
    },
  };
}

function jobsOf({ jobs }: OpenPass): string {
  return jobs.map(({ id }) => id).join(' ');
}

/** Works for a pass as one more member of its group. `onEnd` is called whenever a partition has come to its end. */
async function join(open: OpenPass, onEnd: () => void, options: FollowPassesOptions): Promise<Subscription> {
  const { log, metrics, logger } = options;
  const pass = await preparePass(options.store, open);
  return log.subscribe({
    group: `rescan-${open.id}`,
    topics: ['fingerprints'],
    startAt: 'earliest',
    startFrom: new Map(open.ranges.map(({ partition, from }) => [partition, from])),
    maxBatchRecords: BATCH_RECORDS,
    concurrency: CONCURRENCY,
    handle: async (batch: Batch) => {
      const { read, published, isLast } = await processFingerprints(batch, pass, options);
      metrics.rescanRecords.inc(read);
      metrics.rescanDetections.inc(published);
      if (isLast) onEnd();
    },
    onError: (error) => {
      metrics.stageFailures.inc({ stage: 'rescan', reason: 'batch-failed' });
      logger.warn({ stage: 'rescan', error: error.message }, 'a batch failed and is tried again');
    },
  });
}
