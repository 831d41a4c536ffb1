import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isCaughtUp, numberedRecords, readAll, uniqueName, waitFor } from '../../contract-tests/harness.ts';
import { type EventLog } from '../../port/event-log.ts';
import { createPostgresEventLog, createTopic, trimTopic } from '../../postgres/index.ts';
import { logDatabaseOf, TEST_SETTINGS } from '../support/open-postgres-log.ts';

let store: TestStore;
let log: EventLog;

beforeAll(async () => {
  store = await openTestStore();
  log = await createPostgresEventLog({ ...TEST_SETTINGS, database: logDatabaseOf(store), topics: [] });
});
afterAll(async () => {
  await log.close();
  await store.drop();
});

/** A topic of one partition with `old` records, an instant, and `young` records that came at or after it. */
async function topicOfTwoAges(old: number, young: number): Promise<{ topic: string; between: Date }> {
  const topic = uniqueName('topic');
  await createTopic(logDatabaseOf(store), { topic, partitions: 1 });
  await log.publish(numberedRecords(topic, old, 3));
  const last = (await readAll(log.replay({ topic }))).at(-1)!.appendedAt.getTime();
  await waitFor('the database clock to move on', async () => {
    const { rows } = await store.pool.query<{ now: Date }>('select clock_timestamp() as now');
    return rows[0]!.now.getTime() > last;
  });
  await log.publish(numberedRecords(topic, young, 3));
  return { topic, between: new Date(last + 1) };
}

describe('trimTopic', () => {
  it('drops what came before an instant and keeps the rest, offsets and all', async () => {
    const { topic, between } = await topicOfTwoAges(12_000, 5);
    expect(await trimTopic(logDatabaseOf(store), topic, between)).toBe(12_000);

    const kept = await readAll(log.replay({ topic }));
    expect(kept.map((record) => record.offset)).toEqual([12_000n, 12_001n, 12_002n, 12_003n, 12_004n]);
    expect(await log.endOffsets(topic)).toEqual(new Map([[0, 12_005n]]));
    expect(await readAll(log.replay({ topic, from: new Date(0) }))).toEqual(kept);
    expect(await trimTopic(logDatabaseOf(store), topic, between)).toBe(0);
  });

  it('makes a replay from a trimmed offset an error', async () => {
    const { topic, between } = await topicOfTwoAges(10, 2);
    await trimTopic(logDatabaseOf(store), topic, between);
    const reading = readAll(log.replay({ topic, from: new Map([[0, 4n]]) }));
    await expect(reading).rejects.toMatchObject({ code: 'offset-trimmed' });
  });

  it('is heard of by a group whose place it took, which then goes on with what is kept', async () => {
    const { topic, between } = await topicOfTwoAges(10, 4);
    const group = uniqueName('group');
    const seen: bigint[] = [];
    const errors: Error[] = [];
    const join = (stopAfterFirst: boolean) =>
      log.subscribe({
        group,
        topics: [topic],
        startAt: 'earliest',
        maxBatchRecords: 3,
        handle(batch) {
          if (stopAfterFirst && seen.length > 0) return Promise.reject(new Error('not now'));
          seen.push(...batch.records.map((record) => record.offset));
          return Promise.resolve();
        },
        onError: (error) => void errors.push(error),
      });
    const first = await join(true);
    await waitFor('the first commit', async () => (await log.committedOffsets(group, topic)).get(0) === 3n);
    await first.close();
    errors.length = 0;

    await trimTopic(logDatabaseOf(store), topic, between);
    await join(false);
    await waitFor('the group to catch up', () => isCaughtUp(log, group, topic));
    expect(seen).toEqual([0n, 1n, 2n, 10n, 11n, 12n, 13n]);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ code: 'offset-trimmed' });
    expect(errors[0]!.message).toContain('offsets 3 to 9 were trimmed unread');
  });
});

describe('trimTopic that spares groups', () => {
  const HOUR_MS = 3_600_000;
  const lastHour = () => ({ sparingGroupsSince: new Date(Date.now() - HOUR_MS) });

  /** A group that has read the first three records and is away. */
  async function leaveAfterThree(topic: string): Promise<string> {
    const group = uniqueName('group');
    const handle = (batch: { records: readonly { offset: bigint }[] }) =>
      batch.records[0]!.offset === 0n ? Promise.resolve() : Promise.reject(new Error('not now'));
    const ignore = () => undefined;
    const request = { group, topics: [topic], startAt: 'earliest' as const, maxBatchRecords: 3 };
    const subscription = await log.subscribe({ ...request, handle, onError: ignore });
    await waitFor('the first commit', async () => (await log.committedOffsets(group, topic)).get(0) === 3n);
    await subscription.close();
    return group;
  }
  const offsets = async (topic: string) => (await readAll(log.replay({ topic }))).map(({ offset }) => offset);

  it('keeps what a group has yet to read, until it has been away for too long', async () => {
    const { topic, between } = await topicOfTwoAges(10, 2);
    const group = await leaveAfterThree(topic);
    expect(await trimTopic(logDatabaseOf(store), topic, between, lastHour())).toBe(3);
    expect((await offsets(topic))[0]).toBe(3n);
    await store.pool.query(
      `update consumer_offset set committed_at = now() - interval '2 hours' where "group" = $1`,
      [group],
    );
    expect(await trimTopic(logDatabaseOf(store), topic, between, lastHour())).toBe(7);
    expect(await offsets(topic)).toEqual([10n, 11n]);
  });

  it('keeps it for a group that is there, however long ago it last committed', async () => {
    const { topic, between } = await topicOfTwoAges(6, 1);
    const group = uniqueName('group');
    const subscription = await log.subscribe({
      group,
      topics: [topic],
      startAt: 'earliest',
      handle: () => Promise.reject(new Error('not now')),
      onError: () => undefined,
    });
    await waitFor('the group to have its place', async () => {
      const { rowCount } = await store.pool.query('select 1 from consumer_offset where "group" = $1', [
        group,
      ]);
      return rowCount === 1;
    });
    expect(await trimTopic(logDatabaseOf(store), topic, between, lastHour())).toBe(0);
    await subscription.close();
    expect(await trimTopic(logDatabaseOf(store), topic, between, lastHour())).toBe(6);
  });
});

describe('a topic', () => {
  it('keeps the partitions that it was created with, even if a later call asks for others', async () => {
    const topic = uniqueName('topic');
    const database = logDatabaseOf(store);
    const twelve = await createPostgresEventLog({ database, topics: [topic] });
    const three = await createPostgresEventLog({ database, topics: [topic], partitions: 3 });
    expect((await twelve.endOffsets(topic)).size).toBe(12);
    expect((await three.endOffsets(topic)).size).toBe(12);
    await Promise.all([twelve.close(), three.close()]);
  });
});

describe('a batch', () => {
  it('is bounded in bytes as well as in records', async () => {
    const topic = uniqueName('topic');
    const database = logDatabaseOf(store);
    const small = await createPostgresEventLog({
      database,
      topics: [topic],
      maxBatchBytes: 1_000_000,
      partitions: 1,
    });
    const value = Buffer.alloc(400_000, 'x');
    await small.publish(Array.from({ length: 7 }, () => ({ topic, key: 'k', value, headers: {} })));
    const sizes: number[] = [];
    for await (const batch of small.replay({ topic })) sizes.push(batch.length);
    expect(sizes).toEqual([3, 3, 1]);
    await small.close();
  });
});
