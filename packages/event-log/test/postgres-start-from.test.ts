import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numberedRecords, readAll, uniqueName, waitFor } from '../contract-tests/harness.ts';
import { type EventLog, type Offsets } from '../event-log.ts';
import { createPostgresEventLog, createTopic } from '../postgres/index.ts';
import { logDatabaseOf, TEST_SETTINGS } from './support/open-postgres-log.ts';

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

async function topicOf(records: number): Promise<string> {
  const topic = uniqueName('topic');
  await createTopic(logDatabaseOf(store), { topic, partitions: 1 });
  await log.publish(numberedRecords(topic, records, 3));
  return topic;
}

/** Joins the group, waits until it has seen the topic's last record, and leaves. Gives the offsets that it saw. */
async function offsetsSeen(topic: string, group: string, startFrom?: Offsets): Promise<bigint[]> {
  const seen: bigint[] = [];
  const end = (await log.endOffsets(topic)).get(0)!;
  const subscription = await log.subscribe({
    group,
    topics: [topic],
    startAt: 'earliest',
    ...(startFrom === undefined ? {} : { startFrom }),
    handle: async ({ records }) => {
      seen.push(...records.map(({ offset }) => offset));
      await Promise.resolve();
    },
  });
  await waitFor('the last record', () => Promise.resolve(seen.at(-1) === end - 1n));
  await subscription.close();
  return seen;
}

describe('a group that says where it begins', () => {
  it('begins there, and goes on where it was the next time', async () => {
    const topic = await topicOf(10);
    const group = uniqueName('group');
    expect(await offsetsSeen(topic, group, new Map([[0, 7n]]))).toEqual([7n, 8n, 9n]);
    await log.publish(numberedRecords(topic, 2, 3));
    expect(await offsetsSeen(topic, group, new Map([[0, 0n]]))).toEqual([10n, 11n]);
  });

  it('begins with the partition where it names none', async () => {
    const topic = await topicOf(3);
    expect(await offsetsSeen(topic, uniqueName('group'), new Map())).toEqual([0n, 1n, 2n]);
  });
});

describe('offsetsAt', () => {
  it('is the first record at or after an instant, and the end after the last', async () => {
    const topic = await topicOf(5);
    const [first] = await readAll(log.replay({ topic }));
    expect(await log.offsetsAt(topic, new Date(0))).toEqual(new Map([[0, 0n]]));
    expect(await log.offsetsAt(topic, first!.appendedAt)).toEqual(new Map([[0, 0n]]));
    expect(await log.offsetsAt(topic, new Date(Date.now() + 60_000))).toEqual(new Map([[0, 5n]]));
  });
});
