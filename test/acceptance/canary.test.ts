/** Sends the canary the whole way, in both lanes, and checks that it leaves nothing visible behind. */
import { listAlerts } from '@leakwatch/alerting/incidents';
import { loadCanaryState } from '@leakwatch/alerting/measure';
import { CANARY_CAMPAIGN_ID, EVENTS, type AlertEvent } from '@leakwatch/contracts';
import { decodeEvent } from '@leakwatch/event-log';
import { createIngest, loadIngestConfig } from '@leakwatch/ingest';
import { silentLogger } from '@leakwatch/runtime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../harness/eventually.ts';
import { openWholePipeline, type WholePipeline } from '../harness/whole-pipeline.ts';

const EACH_SECOND = { LEAKWATCH_CANARY_SECONDS: '1' };

let pipeline: WholePipeline;

beforeAll(async () => {
  pipeline = await openWholePipeline({ env: EACH_SECOND });
  pipeline.lifecycle.add(pipeline.ingest.startCanary());
  // Two processes send, and each turn goes to one of them.
  const second = createIngest({
    ...pipeline,
    logger: silentLogger(),
    config: loadIngestConfig(EACH_SECOND),
    clock: () => new Date(),
  });
  await second.start();
  pipeline.lifecycle.add(second);
  pipeline.lifecycle.add(second.startCanary());
}, 60_000);

afterAll(() => pipeline.close());

it('becomes a quiet alert in each lane, and its time is taken', async () => {
  const states = await eventually(async () => {
    const found = await loadCanaryState(pipeline.store.pool);
    return found.length === 2 && found.every(({ lastSeconds }) => lastSeconds !== null) ? found : undefined;
  });
  expect(states.map(({ lane, lost }) => ({ lane, lost }))).toEqual([
    { lane: 'text', lost: 0 },
    { lane: 'image', lost: 0 },
  ]);
  const { values } = await pipeline.metrics.canaryLatency.get();
  const counts = values.filter(({ metricName }) => metricName?.endsWith('_count') === true);
  expect(counts.map(({ labels }) => labels.lane).toSorted()).toEqual(['image', 'text']);
}, 60_000);

it('is in the log as an alert event, by the id that says so', async () => {
  const events: AlertEvent[] = [];
  for await (const records of pipeline.log.replay({ topic: 'alerts' })) {
    events.push(...records.map((record) => decodeEvent(record, EVENTS.alert)));
  }
  expect(new Set(events.map(({ alert }) => alert.campaignId))).toEqual(new Set([CANARY_CAMPAIGN_ID]));
  expect(new Set(events.map(({ alert }) => alert.occurrences[0]?.detection.lane))).toEqual(
    new Set(['text', 'image']),
  );
});

it('shows nowhere: no notice, no alert, no post that counts, no fingerprint, no watch-list item', async () => {
  expect(pipeline.told).toEqual([]);
  // A canary on its way stays in the table until its event is in the log.
  await eventually(async () =>
    (await listAlerts(pipeline.store.pool, { limit: 10 })).length === 0 ? true : undefined,
  );
  const series = await pipeline.metrics.registry.metrics();
  for (const name of ['posts_ingested_total', 'posts_scanned_total', 'alerts_created_total']) {
    expect(series).not.toMatch(new RegExp(`^leakwatch_${name}\\{`, 'm'));
  }
  const fingerprints = await pipeline.log.endOffsets('fingerprints');
  expect([...fingerprints.values()].every((end) => end === 0n)).toBe(true);
  const { rows } = await pipeline.store.pool.query('SELECT content::text FROM watch_list_version');
  expect(JSON.stringify(rows)).not.toContain('canary');
});

it('is lost, and counted, where a lane does not work', async () => {
  await pipeline.matcher.stop();
  await pipeline.store.pool.query(`INSERT INTO canary_probe (post_id, thread_id, lane, sent_at)
    VALUES ('gone', 'gone', 'text', now() - interval '10 minutes')`);
  const lost = await eventually(async () => (await pipeline.metrics.canaryLost.get()).values.at(0));
  expect(lost).toMatchObject({ labels: { lane: 'text' }, value: 1 });
}, 30_000);
