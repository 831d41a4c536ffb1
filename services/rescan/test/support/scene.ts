import { setTimeout as sleep } from 'node:timers/promises';
import {
  EVENTS,
  type Detection,
  type RegisteredCampaign,
  type RescanRequest,
  type RescanRequestSchema,
} from '@leakwatch/contracts';
import { decodeEvent, type EventLog, type OutgoingRecord } from '@leakwatch/event-log';
import { createPostgresEventLog, trimTopic, type LogDatabase } from '@leakwatch/event-log/postgres';
import { createMetrics, silentLogger, type Metrics } from '@leakwatch/runtime';
import { saveWatchList, secretBytes } from '@leakwatch/store';
import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { type z } from 'zod';
import {
  checkRequest,
  createRescan,
  loadRescanConfig,
  openJobQueue,
  requestRescan,
  type JobQueue,
  type RescanApp,
} from '../../index.ts';
import { loadRescanJob, type RescanJob } from '../../jobs/queries/list-jobs.ts';

export interface Scene {
  readonly store: TestStore;
  readonly log: EventLog;
  readonly metrics: Metrics;
  readonly queue: JobQueue;
  keep(records: readonly OutgoingRecord[]): Promise<void>;
  watch(campaigns: readonly RegisteredCampaign[]): Promise<number>;
  /** A worker, like a separate process. */
  work(env?: Record<string, string>): Promise<RescanApp>;
  ask(request: z.input<typeof RescanRequestSchema>): Promise<string>;
  /** Resolves with the job once it is in that state. */
  until(jobId: string, state: RescanJob['state']): Promise<RescanJob>;
  /** The records of the topic, in the order of its partitions. */
  detections(): Promise<Detection[]>;
  close(): Promise<void>;
}

/** The limit for a hang; no measurement depends on it. */
const BOUND_MS = 60_000;

export async function waitFor<T>(
  what: string,
  look: () => Promise<T | null>,
  boundMs = BOUND_MS,
): Promise<T> {
  const until = performance.now() + boundMs;
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
    if (performance.now() > until) throw new Error(`waited ${boundMs} ms in vain for: ${what}`);
    await sleep(20);
  }
}

export function campaign(id: string, terms: Record<string, string>): RegisteredCampaign {
  return {
    id,
    name: id,
    sensitivity: 'normal',
    terms: Object.entries(terms).map(([termId, text]) => ({ id: termId, text })),
    assets: [],
    approvedPosts: [],
  };
}

/**
 * @param boundMs - how long `until` waits at most
 * @param openLog - another log than that in the store's database; the scene closes it
 */
export async function openScene({
  boundMs = BOUND_MS,
  openLog,
}: { boundMs?: number; openLog?: () => Promise<EventLog> } = {}): Promise<Scene> {
  const store = await openTestStore();
  const database: LogDatabase = {
    query: (text, values) => store.pool.query(text, values),
    secret: secretBytes,
    listen: (channel, onNotify) => store.listen(channel, onNotify),
  };
  const log =
    openLog === undefined
      ? await createPostgresEventLog({
          database,
          topics: ['posts', 'fingerprints', 'detections', 'alerts', 'dead-letters'],
          partitions: 3,
          leaseMs: 2000,
        })
      : await openLog();
  const metrics = createMetrics({ processMetrics: false });
  const errors: Error[] = [];
  const queue = await openJobQueue(store, { onError: (error) => errors.push(error) });
  const workers: RescanApp[] = [];
  return {
    store,
    log,
    metrics,
    queue,
    keep: (records) => log.publish(records),
    watch: async (campaigns) =>
      (await store.transaction((tx) => saveWatchList(tx, { campaigns: [...campaigns], creators: [] })))
        .version,
    work: async (env = {}) => {
      const worker = createRescan({
        store,
        log,
        metrics,
        logger: silentLogger(),
        config: loadRescanConfig({ LEAKWATCH_RESCAN_SETTLE_S: '0', LEAKWATCH_RESCAN_SHARE: '100', ...env }),
        clock: () => new Date(),
        trim: (...what) => trimTopic(database, ...what),
      });
      await worker.start();
      workers.push(worker);
      return worker;
    },
    ask: async (input) => {
      const request: RescanRequest = await checkRequest(store, input, new Date());
      return requestRescan(store, queue, { cause: 'request', request, requestedBy: 'test', at: new Date() });
    },
    until: (jobId, state) => {
      const look = async () => {
        const job = await loadRescanJob(store.pool, jobId);
        return job?.state === state ? job : null;
      };
      return waitFor(`job ${jobId} to be ${state}`, look, boundMs);
    },
    detections: async () => {
      const found: Detection[] = [];
      for await (const records of log.replay({ topic: 'detections' })) {
        found.push(...records.map((record) => decodeEvent(record, EVENTS.detection)));
      }
      return found;
    },
    close: async () => {
      for (const worker of workers) await worker.stop();
      await queue.stop();
      await log.close();
      await store.drop();
      if (errors.length > 0) throw new AggregateError(errors, 'the queue had errors');
    },
  };
}
