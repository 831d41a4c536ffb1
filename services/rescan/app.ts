import { RescanRequestSchema, TOPICS, type Topic } from '@leakwatch/contracts';
import { type EventLog } from '@leakwatch/event-log';
import { Lifecycle, toError, type Logger, type Metrics, type Service } from '@leakwatch/runtime';
import { followWatchList, forgetBlobs, type Store } from '@leakwatch/store';
import { type RescanConfig } from './config.ts';
import { fillRescanGauges } from './fill-gauges.ts';
import { scheduledJobId, takeChanges } from './jobs/follow-changes.ts';
import { followLookBacks } from './jobs/follow-look-backs.ts';
import { openJobQueue } from './jobs/job-queue.ts';
import { requestRescan } from './jobs/request-rescan.ts';
import { scheduleSeconds } from './jobs/schedule.ts';
import { startJobs } from './jobs/start-jobs.ts';
import { followPasses } from './passes/follow-passes.ts';
import { watchLiveLoad } from './passes/live-load.ts';
import { createPacer } from './passes/pacer.ts';

export interface RescanOptions {
  readonly store: Store;
  /** With the topics `fingerprints`, `detections` and `posts`. */
  readonly log: EventLog;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly config: RescanConfig;
  readonly clock: () => Date;
  /**
   * Drops a topic's records from before an instant, and gives how many. What groups have yet to read stays if they were in
   * use since `sparingGroupsSince`.
   */
  readonly trim: (
    topic: Topic,
    before: Date,
    sparing: { readonly sparingGroupsSince?: Date },
  ) => Promise<number>;
  /** Hears of jobs that this process has ended; their results are in the database. */
  readonly onFinished?: (jobIds: readonly string[]) => void;
}

export interface RescanApp extends Service {
  /** Takes up waiting jobs, running passes, the schedule and changes of the watch list. */
  start(): Promise<void>;
  /** Ends the batches under way, within half a minute. */
  stop(): Promise<void>;
  /** Rejects before `start` and while jobs can't be started. */
  ready(): Promise<void>;
}

const STOP_TIMEOUT_MS = 30_000;

/** A group that has been away for this many of a topic's periods no longer keeps its records. */
const AWAY_PERIODS = 2;

export function createRescan(options: RescanOptions): RescanApp {
  const { store, log, metrics, config, clock } = options;
  const logger = options.logger.child({ service: 'rescan' });
  const lifecycle = new Lifecycle(logger);
  let unready: Error | null = new Error('re-scans have not been started');

  const report = (reason: string, message: string) => (error: Error) => {
    metrics.stageFailures.inc({ stage: 'rescan', reason });
    logger.warn({ error: error.message }, message);
  };

  const start = async () => {
    if (config.schedule !== null) metrics.rescanInterval.set(scheduleSeconds(config.schedule));
    const pacer = createPacer(config.share);
    const passes = await followPasses({
      store,
      log,
      pacer,
      clock,
      metrics,
      logger,
      onFinished: (jobs) => {
        logger.info({ jobs }, 're-scans finished');
        options.onFinished?.(jobs);
      },
    });
    lifecycle.add({ name: 'passes', stop: () => passes.stop() });

    const load = watchLiveLoad(log, pacer, {
      share: config.share,
      liveLag: config.liveLag,
      isNeeded: () => passes.isBusy(),
      onShare: (share) => metrics.rescanShare.set(share),
      onError: report('live-load', 'how far live traffic is behind could not be seen'),
    });
    lifecycle.add({ name: 'live load', stop: () => load.stop() });

    const trimTopic = async (topic: Topic) => {
      const keepMs = config.keepMs[topic];
      const ago = (ms: number) => new Date(clock().getTime() - ms);
      // A pass counts dropped fingerprints as passed; nothing else reads them. The other topics' readers may be behind.
      const sparing = topic === 'fingerprints' ? {} : { sparingGroupsSince: ago(AWAY_PERIODS * keepMs) };
      const dropped = await options.trim(topic, ago(keepMs), sparing);
      if (dropped > 0) logger.info({ topic, dropped }, 'old records dropped');
    };

    const queue = await openJobQueue(store, {
      work: {
        start: (jobIds) => startJobs({ store, log, clock }, jobIds),
        onSchedule: async (occasion) => {
          await requestRescan(store, queue, {
            id: scheduledJobId(occasion),
            cause: 'schedule',
            request: RescanRequestSchema.parse({}),
            requestedBy: 'schedule',
            at: clock(),
          });
        },
        trim: async () => {
          for (const topic of TOPICS) await trimTopic(topic);
          const longest = Math.max(config.keepMs.posts, config.keepMs['dead-letters']);
          const before = new Date(clock().getTime() - longest);
          while ((await forgetBlobs(store.pool, before)) > 0) continue;
        },
        schedule: config.schedule,
      },
      onError: report('queue', 'the queue of jobs stands still and is tried again'),
    });
    lifecycle.add({ name: 'job queue', stop: () => queue.stop() });

    const lookBacks = followLookBacks(store, queue, {
      clock,
      onTaken: (jobs) => logger.info({ jobs }, 'creators are under investigation: their history is scanned'),
      onError: report('look-back', 'a look back could not be made a job and is tried again'),
    });
    lifecycle.add({ name: 'look-backs', stop: () => lookBacks.stop() });

    const following = await followWatchList(
      store,
      async (snapshot) => {
        const id = await takeChanges(store, queue, snapshot, { clock, settleMs: config.settleMs });
        if (id !== null)
          logger.info({ job: id, version: snapshot.version }, 'history is scanned for what changed');
      },
      {
        onError: report(
          'watch-list',
          'a change of the watch list could not be made a job and is tried again',
        ),
      },
    );
    lifecycle.add({ name: 'watch list', stop: () => following.stop() });
    unready = null;
  };

  const ready = () => (unready === null ? Promise.resolve() : Promise.reject(unready));

  return {
    name: 'rescan',
    start: () =>
      start().catch(async (error: unknown) => {
        unready = toError(error);
        await lifecycle.stop(STOP_TIMEOUT_MS);
        throw error;
      }),
    stop: () => lifecycle.stop(STOP_TIMEOUT_MS),
    ready,
    checks: [{ name: 'rescan', check: ready }],
    fillGauges: () => fillRescanGauges(store, metrics),
  };
}
