import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  isCaughtUp,
  numberedRecords,
  readAll,
  textOf,
  uniqueName,
  waitFor,
} from '../../contract-tests/harness.ts';
import { type EventLog } from '../../port/event-log.ts';
import { createPostgresEventLog, type PostgresEventLogOptions } from '../../postgres/index.ts';
import { logDatabaseOf, TEST_SETTINGS } from '../support/open-postgres-log.ts';

let store: TestStore;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.drop());

async function openLog(topic: string, settings: Partial<PostgresEventLogOptions>): Promise<EventLog> {
  const database = logDatabaseOf(store);
  return createPostgresEventLog({ ...TEST_SETTINGS, ...settings, database, topics: [topic], partitions: 2 });
}

it('a handler that blocks its process for longer than the lease still gets on, while no other member wants the partition', async () => {
  const [topic, group, leaseMs] = [uniqueName('topic'), uniqueName('group'), 150];
  const log = await openLog(topic, { leaseMs });
  await log.publish(numberedRecords(topic, 6, 6));
  const seen: string[] = [];
  await log.subscribe({
    group,
    topics: [topic],
    startAt: 'earliest',
    maxBatchRecords: 2,
    handle(batch) {
      const until = performance.now() + 2 * leaseMs;
      while (performance.now() < until);
      seen.push(...batch.records.map(textOf));
      return Promise.resolve();
    },
  });
  await waitFor('the group to catch up', () => isCaughtUp(log, group, topic));
  expect(seen.toSorted()).toEqual(numberedRecords(topic, 6, 6).map(textOf));
  await log.close();
});

it('a closing subscription waits no longer than its drain time, and what it gave up is delivered again', async () => {
  const [topic, group] = [uniqueName('topic'), uniqueName('group')];
  const log = await openLog(topic, { drainMs: 50 });
  await log.publish([{ topic, key: 'k', value: Buffer.from('stuck'), headers: {} }]);
  let isAborted = false;
  let hasBegun = false;
  const stuck = await log.subscribe({
    group,
    topics: [topic],
    startAt: 'earliest',
    handle(batch) {
      hasBegun = true;
      batch.signal.addEventListener('abort', () => (isAborted = true));
      return new Promise(() => undefined);
    },
    onError: () => undefined,
  });
  await waitFor('the handler to begin', () => hasBegun);
  await stuck.close();
  expect(isAborted).toBe(true);
  expect(await log.committedOffsets(group, topic)).toEqual(new Map());

  const seen: string[] = [];
  const handle = (batch: { records: readonly { value: Uint8Array }[] }) =>
    Promise.resolve(void seen.push(...batch.records.map(textOf)));
  await log.subscribe({ group, topics: [topic], startAt: 'earliest', handle });
  await waitFor('the group to catch up', () => isCaughtUp(log, group, topic));
  expect(seen).toEqual(['stuck']);
  await log.close();
});

it('a subscription whose tables are gone stops and says why', async () => {
  const doomed = await openTestStore();
  const topic = uniqueName('topic');
  const database = logDatabaseOf(doomed);
  const log = await createPostgresEventLog({ ...TEST_SETTINGS, leaseMs: 150, database, topics: [topic] });
  const subscription = await log.subscribe({
    group: 'g',
    topics: [topic],
    startAt: 'earliest',
    handle: () => Promise.resolve(),
    onError: () => undefined,
  });
  await doomed.pool.query('drop table consumer_member');
  await expect(subscription.stopped).rejects.toMatchObject({ code: 'log-refused', canRetry: false });
  await subscription.close();
  await log.close();
  await doomed.drop();
});

it('a database that gives no answer makes a publish fail in time, and the next one works once it answers', async () => {
  const topic = uniqueName('topic');
  const log = await openLog(topic, { answerMs: 200 });
  const records = numberedRecords(topic, 3, 3);
  const inTheWay = await store.pool.connect();
  try {
    await inTheWay.query('begin');
    await inTheWay.query('select 1 from log_head where topic = $1 for update', [topic]);
    await expect(log.publish(records)).rejects.toMatchObject({ code: 'log-unavailable', canRetry: true });
    await inTheWay.query('rollback');
  } finally {
    inTheWay.release();
  }
  await log.publish(records);
  const texts = new Set((await readAll(log.replay({ topic }))).map(textOf));
  expect(texts).toEqual(new Set(records.map(textOf)));
  await log.close();
});
