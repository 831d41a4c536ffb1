/** The canary goes the whole way, in both lanes, and leaves nothing behind that anybody sees. */
import { CANARY_CAMPAIGN_ID, EVENTS, TOPICS, type AlertEvent } from '@leakwatch/contracts';
import { createAlerting, loadAlertingConfig } from '@leakwatch/alerting';
import { decodeEvent, type EventLog } from '@leakwatch/event-log';
import { createPostgresEventLog } from '@leakwatch/event-log/postgres';
import { createIngest, loadIngestConfig } from '@leakwatch/ingest';
import { createMatcher, loadMatcherConfig, type MatcherApp } from '@leakwatch/matcher';
import { createMetrics, Lifecycle, silentLogger, type Metrics } from '@leakwatch/runtime';
import { listAlerts, loadCanaryState, saveWatchList } from '@leakwatch/store';
import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../harness/eventually.ts';

const told: string[] = [];
const lifecycle = new Lifecycle(silentLogger());
let store: TestStore;
let log: EventLog;
let metrics: Metrics;
let matcher: MatcherApp;

beforeAll(async () => {
  store = await openTestStore();
  log = await createPostgresEventLog({
    database: {
      query: (text, values) => store.pool.query(text, values),
      listen: (channel, onNotify) => store.listen(channel, onNotify),
    },
    topics: TOPICS,
    partitions: 3,
  });
  metrics = createMetrics({ processMetrics: false });
  const campaign = { id: 'aurora', name: 'Aurora', sensitivity: 'high' as const, approvedPosts: [] };
  await store.transaction((tx) =>
    saveWatchList(tx, {
      campaigns: [{ ...campaign, terms: [{ id: 'name', text: 'Quillon Ember' }], assets: [] }],
      creators: [],
    }),
  );
  const shared = { store, log, metrics, logger: silentLogger(), clock: () => new Date() };
  const alerting = createAlerting({
    ...shared,
    config: loadAlertingConfig({}),
    terminal: { write: (line) => told.push(line), details: true },
  });
  await alerting.start();
  lifecycle.add({ name: 'alerting', stop: () => alerting.stop() });
  matcher = createMatcher({ ...shared, config: loadMatcherConfig({}) });
  await matcher.start();
  lifecycle.add({ name: 'matcher', stop: () => matcher.stop() });
  const config = loadIngestConfig({ LEAKWATCH_CANARY_SECONDS: '1' });
  // Two processes that send: one of them takes each turn.
  for (const name of ['first', 'second']) {
    const ingest = createIngest({ ...shared, config });
    await ingest.start();
    lifecycle.add({ name, stop: () => ingest.stop() });
    lifecycle.add(ingest.startCanary());
  }
}, 60_000);

afterAll(async () => {
  await lifecycle.stop(30_000);
  await log.close();
  await store.drop();
});

it('becomes a quiet alert in each lane, and its time is taken', async () => {
  const states = await eventually(async () => {
    const found = await loadCanaryState(store.pool);
    return found.length === 2 && found.every(({ lastSeconds }) => lastSeconds !== null) ? found : undefined;
  });
  expect(states.map(({ lane, lost }) => ({ lane, lost }))).toEqual([
    { lane: 'text', lost: 0 },
    { lane: 'image', lost: 0 },
  ]);
  const { values } = await metrics.canaryLatency.get();
  const counts = values.filter(({ metricName }) => metricName?.endsWith('_count') === true);
  expect(counts.map(({ labels }) => labels.lane).toSorted()).toEqual(['image', 'text']);
}, 60_000);

it('is in the log as an alert event, by the id that says so', async () => {
  const events: AlertEvent[] = [];
  for await (const records of log.replay({ topic: 'alerts' })) {
    events.push(...records.map((record) => decodeEvent(record, EVENTS.alert)));
  }
  expect(new Set(events.map(({ alert }) => alert.campaignId))).toEqual(new Set([CANARY_CAMPAIGN_ID]));
  expect(new Set(events.map(({ alert }) => alert.occurrences[0]?.detection.lane))).toEqual(
    new Set(['text', 'image']),
  );
});

it('is seen by nobody: no notice, no alert, no post that counts, no fingerprint, no watch-list item', async () => {
  expect(told).toEqual([]);
  // One that is on its way stands in the table until its event is in the log.
  await eventually(async () =>
    (await listAlerts(store.pool, { limit: 10 })).length === 0 ? true : undefined,
  );
  const series = await metrics.registry.metrics();
  for (const name of ['posts_ingested_total', 'posts_scanned_total', 'alerts_created_total']) {
    expect(series).not.toMatch(new RegExp(`^leakwatch_${name}\\{`, 'm'));
  }
  const fingerprints = await log.endOffsets('fingerprints');
  expect([...fingerprints.values()].every((end) => end === 0n)).toBe(true);
  const { rows } = await store.pool.query('SELECT content::text FROM watch_list_version');
  expect(JSON.stringify(rows)).not.toContain('canary');
});

it('is lost, and counted, where a lane does not work', async () => {
  await matcher.stop();
  await store.pool.query(`INSERT INTO canary_probe (post_id, thread_id, lane, sent_at)
    VALUES ('gone', 'gone', 'text', now() - interval '10 minutes')`);
  const lost = await eventually(async () => (await metrics.canaryLost.get()).values.at(0));
  expect(lost).toMatchObject({ labels: { lane: 'text' }, value: 1 });
}, 30_000);
