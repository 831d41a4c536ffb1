import { EVENTS, TOPICS, type DeadLetter, type Post } from '@leakwatch/contracts';
import { decodeEvent, type EventLog } from '@leakwatch/event-log';
import { createPostgresEventLog } from '@leakwatch/event-log/postgres';
import { createMetrics, silentLogger } from '@leakwatch/runtime';
import { secretBytes, type Store } from '@leakwatch/store';
import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { createIngest, loadIngestConfig, type IngestApp } from '../../index.ts';

export interface IngestUnderTest {
  readonly store: TestStore;
  readonly log: EventLog;
  readonly app: IngestApp;
  readonly metrics: ReturnType<typeof createMetrics>;
  /** The time that ingest takes for now. */
  now: Date;
  /** Everything in the topic `posts`, in the order of each partition. */
  posts(): Promise<Post[]>;
  deadLetters(): Promise<DeadLetter[]>;
  /** Another ingest on the same database and log. */
  another(): IngestApp;
  close(): Promise<void>;
}

/** A log over a store's database. */
export function openLog(store: Store): Promise<EventLog> {
  return createPostgresEventLog({
    database: {
      query: (text, values) => store.pool.query(text, values),
      secret: secretBytes,
      listen: (channel, onNotify) => store.listen(channel, onNotify),
    },
    topics: TOPICS,
  });
}

/** A real database and log of their own, with an ingest that has started. */
export async function openIngest(
  env: NodeJS.ProcessEnv = {},
  wrapLog: (log: EventLog) => EventLog = (log) => log,
): Promise<IngestUnderTest> {
  const store = await openTestStore();
  const log = await openLog(store);
  const metrics = createMetrics({ processMetrics: false });
  const another = () =>
    createIngest({
      store,
      log: wrapLog(log),
      metrics,
      logger: silentLogger(),
      config: loadIngestConfig(env),
      clock: () => opened.now,
    });
  const app = another();
  const opened: IngestUnderTest = {
    store,
    log,
    app,
    metrics,
    now: new Date('2026-11-20T12:00:00Z'),
    posts: async () => (await readAll(log, 'posts')).map((record) => decodeEvent(record, EVENTS.post)),
    deadLetters: async () =>
      (await readAll(log, 'dead-letters')).map((record) => decodeEvent(record, EVENTS.deadLetter)),
    another,
    close: async () => {
      await app.stop();
      await log.close();
      await store.drop();
    },
  };
  await app.start();
  return opened;
}

async function readAll(log: EventLog, topic: string) {
  const all = [];
  for await (const records of log.replay({ topic })) all.push(...records);
  return all;
}

/** The value of a counter with these labels. */
export async function counterValue(
  metrics: ReturnType<typeof createMetrics>,
  name: string,
  labels: Record<string, string>,
): Promise<number> {
  const found = (await metrics.registry.getMetricsAsJSON()).find((metric) => metric.name === name);
  const values = found?.values ?? [];
  const matching = values.filter((value) =>
    Object.entries(labels).every(([label, wanted]) => value.labels[label] === wanted),
  );
  return matching.reduce((sum, value) => sum + value.value, 0);
}
