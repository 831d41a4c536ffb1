import { type Batch, type EventLog, type Subscription } from '@leakwatch/event-log';
import { AssetRefresher } from '@leakwatch/matching';
import { startLoop, toError, type Logger, type Loop, type Metrics } from '@leakwatch/runtime';
import { RESCAN_CHANNEL } from '../jobs/queries/announce-rescan.ts';
import { preparePass } from './open-pass.ts';
import { processFingerprints, type PassTools } from './pipeline.ts';
import { finishRescanPasses } from './queries/finish-passes.ts';
import { listOpenPasses, type OpenPass } from './queries/list-open-passes.ts';

export interface PassFollower {
  /** Whether this process works on a pass now. */
  isBusy(): boolean;
  /** Ends the batches under way. */
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
/** Partitions at once: one is matched while the next is read. */
const CONCURRENCY = 3;

interface Joined {
  /** The jobs of the pass. After a cancel or resume it matches different items. */
  readonly jobs: string;
  readonly subscription: Subscription;
}

/**
 * Joins the group of every running pass, leaves those of paused and ended ones, and ends passes that are through. Every
 * worker does so independently: the log's group shares out the partitions.
 */
export async function followPasses(options: FollowPassesOptions): Promise<PassFollower> {
  const { store, log, logger, metrics, clock } = options;
  const joined = new Map<string, Joined>();
  const refresher = new AssetRefresher();

  /** Ends the passes that are through, then lists the running ones. */
  const listRunning = async (): Promise<OpenPass[]> => {
    const open = await listOpenPasses(store.pool);
    if (open.length === 0) return open;
    const starts = await log.offsetsAt('fingerprints', new Date(0));
    const finished = await store.transaction((tx) => finishRescanPasses(tx, starts, clock()));
    if (finished.length === 0) return open;
    options.onFinished(finished);
    return listOpenPasses(store.pool);
  };

  const look = async (stopping: AbortSignal) => {
    const open = new Map((await listRunning()).map((pass) => [pass.id, pass]));
    for (const [id, { jobs, subscription }] of joined) {
      const pass = open.get(id);
      if (pass !== undefined && jobsOf(pass) === jobs) continue;
      joined.delete(id);
      await subscription.close();
    }
    for (const pass of open.values()) {
      // A pass that can't be prepared must not block the others.
      if (!stopping.aborted && !joined.has(pass.id)) await take(pass).catch(report);
    }
  };

  const take = async (pass: OpenPass) => {
    const subscription = await join(pass, refresher, () => loop?.wake(), options);
    joined.set(pass.id, { jobs: jobsOf(pass), subscription });
    // If a member fails for good, the next look joins again.
    subscription.stopped.catch((error: unknown) => {
      report(error);
      if (joined.get(pass.id)?.subscription === subscription) joined.delete(pass.id);
    });
  };

  const report = (error: unknown) => {
    metrics.stageFailures.inc({ stage: 'rescan', reason: 'passes' });
    logger.warn({ error: toError(error).message }, 'a pass could not be worked for and is tried again');
  };

  let loop: Loop | null = null;
  // Listen before the first turn: a pass announced in between is found by that turn.
  const unlisten = await store.listen(RESCAN_CHANNEL, () => loop?.wake());
  loop = startLoop({
    turn: async (stopping) => {
      if (!stopping.aborted) await look(stopping);
      return false;
    },
    pollMs: POLL_MS,
    onError: report,
  });
  return {
    isBusy: () => joined.size > 0,
    stop: async () => {
      await unlisten();
      await loop.stop();
      await Promise.all([...joined.values()].map(({ subscription }) => subscription.close()));
    },
  };
}

function jobsOf({ jobs }: OpenPass): string {
  return jobs.map(({ id }) => id).join(' ');
}

/** Joins a pass's group. Calls `onEnd` when a partition has been read to its end. */
async function join(
  open: OpenPass,
  refresher: AssetRefresher,
  onEnd: () => void,
  options: FollowPassesOptions,
): Promise<Subscription> {
  const { log, metrics, logger } = options;
  const pass = await preparePass(options.store, open, refresher);
  const named = new Set<string>();
  return log.subscribe({
    group: `rescan-${open.id}`,
    topics: ['fingerprints'],
    startAt: 'earliest',
    startFrom: new Map(open.ranges.map(({ partition, from }) => [partition, from])),
    maxBatchRecords: BATCH_RECORDS,
    concurrency: CONCURRENCY,
    handle: async (batch: Batch) => {
      const { read, published, isLast, unreadEngines } = await processFingerprints(batch, pass, options);
      metrics.rescanRecords.inc(read);
      metrics.rescanDetections.inc(published);
      for (const engine of unreadEngines) {
        if (named.has(engine)) continue;
        named.add(engine);
        logger.warn(
          { pass: open.id, engine },
          'fingerprints of an engine that this version does not read are left out: what was found in their posts stays',
        );
      }
      if (isLast) onEnd();
    },
    onError: (error) => {
      metrics.stageFailures.inc({ stage: 'rescan', reason: 'batch-failed' });
      logger.warn({ stage: 'rescan', error: error.message }, 'a batch failed and is tried again');
    },
  });
}
