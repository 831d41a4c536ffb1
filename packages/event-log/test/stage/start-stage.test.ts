import { createMetrics, silentLogger } from '@leakwatch/runtime';
import { openTestStore } from '@leakwatch/store/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isCaughtUp, textOf, textRecord, waitFor } from '../../contract-tests/harness.ts';
import { createPostgresEventLog } from '../../postgres/index.ts';
import { type EventLog } from '../../port/event-log.ts';
import { type Outcome } from '../../stage/process-batch.ts';
import { startStage, type RunningStage, type Stage } from '../../stage/start-stage.ts';
import { logDatabaseOf, TEST_SETTINGS } from '../support/open-postgres-log.ts';

const NAME = 'matcher-text';
const DONE: Outcome = { kind: 'ok', emit: [] };

let store: Awaited<ReturnType<typeof openTestStore>>;
let log: EventLog;
let running: RunningStage | null = null;
const metrics = createMetrics({ processMetrics: false });

beforeEach(async () => {
  store = await openTestStore();
  const topics = ['posts', 'dead-letters'];
  log = await createPostgresEventLog({
    ...TEST_SETTINGS,
    database: logDatabaseOf(store),
    topics,
    partitions: 1,
  });
});
afterEach(async () => {
  await running?.stop();
  running = null;
  await log.close();
  await store.drop();
  metrics.registry.resetMetrics();
});

async function start(changes: Partial<Stage>, onFatal?: (error: Error) => void): Promise<RunningStage> {
  const process = (records: readonly unknown[]) => Promise.resolve(records.map(() => DONE));
  const bounds = { maxBatchRecords: 100, concurrency: 1, maxAttempts: 1 };
  const savePayload = () => Promise.reject(new Error('no payload here is large'));
  running = await startStage(
    { name: NAME, topic: 'posts', ...bounds, process, ...changes },
    { log, metrics, logger: silentLogger(), savePayload, onFatal },
  );
  return running;
}

async function countOf(metric: { get(): Promise<{ values: { value: number }[] }> }): Promise<number> {
  return (await metric.get()).values.reduce((sum, { value }) => sum + value, 0);
}

it('reads from the beginning, stretch by stretch, and commits each as it ends', async () => {
  await log.publish(['a', 'b', 'c'].map((text) => textRecord('posts', 'k', text)));
  const seen: string[][] = [];
  const committed: (bigint | undefined)[] = [];
  await start({
    split: (records) => records.map((record) => [record]),
    process: async (records) => {
      seen.push(records.map(textOf));
      committed.push((await log.committedOffsets(NAME, 'posts')).get(0));
      return records.map(() => DONE);
    },
  });
  await waitFor('the group to catch up', () => isCaughtUp(log, NAME, 'posts'));
  expect(seen).toEqual([['a'], ['b'], ['c']]);
  expect(committed).toHaveLength(3);
});

it('commits the stretches that are through when a later one fails', async () => {
  await log.publish(['a', 'b'].map((text) => textRecord('posts', 'k', text)));
  const seen: string[] = [];
  await start({
    split: (records) => records.map((record) => [record]),
    process: (records) => {
      seen.push(...records.map(textOf));
      if (seen.length === 2) return Promise.reject(new Error('the database is away'));
      return Promise.resolve(records.map(() => DONE));
    },
  });
  await waitFor('the group to catch up', () => isCaughtUp(log, NAME, 'posts'));
  expect(seen).toEqual(['a', 'b', 'b']);
  expect(await countOf(metrics.stageFailures)).toBe(1);
});

it('counts and observes each outcome, and makes dead letters of failures', async () => {
  await log.publish(['good', 'bad'].map((text) => textRecord('posts', 'k', text)));
  const observed: string[] = [];
  await start({
    process: (records) =>
      Promise.resolve(
        records.map((record): Outcome =>
          textOf(record) === 'bad'
            ? { kind: 'failed', reason: 'not-a-post', message: 'no JSON', retry: false }
            : DONE,
        ),
      ),
    observe: (outcome, record) => observed.push(`${textOf(record)} ${outcome.kind}`),
  });
  await waitFor('the group to catch up', () => isCaughtUp(log, NAME, 'posts'));
  expect(observed).toEqual(['good ok', 'bad failed']);
  expect((await metrics.deadLetters.get()).values).toEqual([
    { labels: { stage: NAME, reason: 'not-a-post' }, value: 1 },
  ]);
  expect((await log.endOffsets('dead-letters')).get(0)).toBe(1n);
});

it('is ready while it runs, and not once it has been stopped', async () => {
  const stage = await start({});
  await expect(stage.ready()).resolves.toBeUndefined();
  await stage.stop();
  await expect(stage.ready()).rejects.toThrow(`${NAME} has been stopped`);
});

it('stops after the stretch under way, commits it, and leaves the rest of the batch', async () => {
  await log.publish(['a', 'b', 'c'].map((text) => textRecord('posts', 'k', text)));
  const seen: string[] = [];
  const stops: Promise<void>[] = [];
  const stage = await start({
    split: (records) => records.map((record) => [record]),
    process: (records) => {
      seen.push(...records.map(textOf));
      stops.push(stage.stop());
      return Promise.resolve(records.map(() => DONE));
    },
  });
  await waitFor('the stage to be asked to stop', () => Promise.resolve(stops.length > 0));
  await Promise.all(stops);
  expect(seen).toEqual(['a']);
  expect((await log.committedOffsets(NAME, 'posts')).get(0)).toBe(1n);
  expect(await countOf(metrics.stageFailures)).toBe(0);
});

it('publishes what is valid of a record that was put off, and makes no dead letter of it', async () => {
  await log.publish([textRecord('posts', 'k', 'slow')]);
  await start({
    process: (records) =>
      Promise.resolve(
        records.map((record): Outcome =>
          record.topic === 'posts' && textOf(record) === 'slow'
            ? { kind: 'postponed', reason: 'host-is-slow', emit: [textRecord('posts', 'k', 'part')] }
            : DONE,
        ),
      ),
  });
  await waitFor('the group to catch up', () => isCaughtUp(log, NAME, 'posts'));
  expect((await log.endOffsets('posts')).get(0)).toBe(2n);
  expect((await log.endOffsets('dead-letters')).get(0)).toBe(0n);
});
