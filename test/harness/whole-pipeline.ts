/** Runs ingest, both matcher lanes and alerting in this process, on a fresh database and log. */
import { createAlerting, loadAlertingConfig } from '@leakwatch/alerting';
import { TOPICS } from '@leakwatch/contracts';
import { type EventLog } from '@leakwatch/event-log';
import { createPostgresEventLog } from '@leakwatch/event-log/postgres';
import { createIngest, loadIngestConfig, type IngestApp } from '@leakwatch/ingest';
import { createMatcher, loadMatcherConfig, type MatcherApp } from '@leakwatch/matcher';
import { createMetrics, Lifecycle, silentLogger, type Logger, type Metrics } from '@leakwatch/runtime';
import { saveWatchList, secretBytes } from '@leakwatch/store';
import { openTestStore, type TestStore } from '@leakwatch/store/testing';

/** The stored watch list, with its assets' fingerprints. */
type WatchListContent = Parameters<typeof saveWatchList>[1];

export interface WholePipeline {
  readonly store: TestStore;
  readonly log: EventLog;
  readonly metrics: Metrics;
  readonly ingest: IngestApp;
  readonly matcher: MatcherApp;
  /** Lines of the terminal channel. */
  readonly told: readonly string[];
  /** Takes texts in as posts of these creators; resolves once they are in the log. */
  post(...posts: readonly { id: string; author: string; text: string; platform?: string }[]): Promise<void>;
  /** Parts to stop; the last one added stops first. */
  readonly lifecycle: Lifecycle;
  close(): Promise<void>;
}

/**
 * @param env - settings of all services
 * @param openDatabase - opens the database, if not one on the server that all tests share
 * @param watchList - what is watched; one campaign with the term `Quillon Ember` without it
 */
export async function openWholePipeline({
  env = {},
  logger = silentLogger(),
  watchList = ONE_CAMPAIGN,
  openDatabase = openTestStore,
}: {
  env?: NodeJS.ProcessEnv;
  logger?: Logger;
  watchList?: WatchListContent;
  openDatabase?: () => Promise<TestStore>;
} = {}): Promise<WholePipeline> {
  const store = await openDatabase();
  const log = await createPostgresEventLog({
    database: {
      query: (text, values) => store.pool.query(text, values),
      secret: secretBytes,
      listen: (channel, onNotify) => store.listen(channel, onNotify),
    },
    topics: TOPICS,
    partitions: 3,
  });
  const metrics = createMetrics({ processMetrics: false });
  const lifecycle = new Lifecycle(logger);
  const told: string[] = [];
  await store.transaction((tx) => saveWatchList(tx, watchList));
  const shared = { store, log, metrics, logger, clock: () => new Date() };

  const alerting = createAlerting({
    ...shared,
    config: loadAlertingConfig(env),
    terminal: { write: (line) => told.push(line), details: true },
  });
  await alerting.start();
  lifecycle.add({ name: 'alerting', stop: () => alerting.stop() });
  const matcher = createMatcher({ ...shared, config: loadMatcherConfig(env) });
  await matcher.start();
  lifecycle.add({ name: 'matcher', stop: () => matcher.stop() });
  const ingest = createIngest({ ...shared, config: loadIngestConfig(env) });
  await ingest.start();
  lifecycle.add(ingest);

  return {
    store,
    log,
    metrics,
    ingest,
    matcher,
    told,
    lifecycle,
    post: async (...posts) => {
      const items = posts.map(({ id, author, text, platform = 'mastodon' }) => ({
        place: id,
        raw: JSON.stringify({ id, platform, author: { id: author, handle: author }, text }),
        checkpoint: null,
      }));
      const origin = { name: 'test', transport: 'test', platform: 'mastodon', instance: 'local' };
      const openMedia = () => Promise.reject(new Error('there are no media'));
      const accepted = await ingest.accept({ ...origin, openMedia }, { id: null, bodySha256: '', items });
      if (accepted.kind !== 'accepted') throw new Error(`the posts are ${accepted.kind}`);
    },
    close: async () => {
      await lifecycle.stop(30_000);
      await log.close();
      await store.drop();
    },
  };
}

const ONE_CAMPAIGN: WatchListContent = {
  campaigns: [
    {
      id: 'aurora',
      name: 'Aurora',
      sensitivity: 'high',
      terms: [{ id: 'name', text: 'Quillon Ember' }],
      assets: [],
      approvedPosts: [],
    },
  ],
  creators: [],
};
