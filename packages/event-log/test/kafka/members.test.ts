import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import {
  gate,
  isCaughtUp,
  numberedRecords,
  textOf,
  textRecord,
  uniqueName,
  waitFor,
} from '../../contract-tests/harness.ts';
import { type Batch, type EventLog } from '../../port/event-log.ts';
import { createKafkaEventLog, type KafkaLogOptions } from '../../kafka/index.ts';
import { itNeedsKafka, openTestKafka, type TestKafka } from '../../testing/index.ts';
import { createTestTopic, TEST_SETTINGS } from '../support/open-kafka-log.ts';

let kafka: TestKafka;
const logs: EventLog[] = [];

beforeAll(async () => {
  kafka = await openTestKafka();
});
afterEach(async () => {
  await Promise.all(logs.splice(0).map((log) => log.close()));
});
afterAll(() => kafka.close());

async function openLog(settings: Partial<KafkaLogOptions> = {}): Promise<EventLog> {
  const log = await createKafkaEventLog({
    ...TEST_SETTINGS,
    ...settings,
    brokers: kafka.brokers,
    topics: [],
  });
  logs.push(log);
  return log;
}

async function createTopic(partitions: number): Promise<string> {
  const topic = uniqueName('topic');
  await createTestTopic(kafka.brokers, topic, partitions);
  return topic;
}

itNeedsKafka('a handler that takes longer than the session keeps its partition, and gets on', async () => {
  const log = await openLog();
  const [topic, group] = [await createTopic(1), uniqueName('group')];
  await log.publish(numberedRecords(topic, 2, 1));
  const seen: string[] = [];
  await log.subscribe({
    group,
    topics: [topic],
    startAt: 'earliest',
    maxBatchRecords: 1,
    async handle(batch) {
      await sleep(1.5 * TEST_SETTINGS.sessionTimeoutMs);
      seen.push(...batch.records.map(textOf));
      batch.signal.throwIfAborted();
    },
  });
  await waitFor('the group to catch up', () => isCaughtUp(log, group, topic));
  expect(seen).toEqual(['creator-0#0', 'creator-0#1']);
});

itNeedsKafka('one that joins waits for the batches under way: nothing is handled twice', async () => {
  const patient = { sessionTimeoutMs: 20_000, rebalanceTimeoutMs: 60_000 };
  const log = await openLog(patient);
  const [topic, group] = [await createTopic(6), uniqueName('group')];
  const records = numberedRecords(topic, 300, 60);
  await log.publish(records);
  const seen: string[] = [];
  const work = gate();
  const take = (batch: Batch) => Promise.resolve(void seen.push(...batch.records.map(textOf)));
  const request = { group, topics: [topic], startAt: 'earliest', maxBatchRecords: 10 } as const;
  const first = await log.subscribe({
    ...request,
    async handle(batch) {
      await take(batch);
      await work.opened;
    },
  });
  await waitFor('batches under way', () => seen.length >= 40);
  const joining = (await openLog(patient)).subscribe({ ...request, handle: take });
  await sleep(2 * TEST_SETTINGS.heartbeatMs);
  work.open();
  const second = await joining;
  await waitFor('the group to catch up', () => isCaughtUp(log, group, topic));
  expect(seen.toSorted()).toEqual(records.map(textOf).toSorted());
  expect(first.assignment().get(topic)).toHaveLength(3);
  expect(second.assignment().get(topic)).toHaveLength(3);
});

itNeedsKafka(
  'one that never finishes holds up no other: its partitions move, and it hears of that',
  async () => {
    const log = await openLog({ rebalanceTimeoutMs: 3000, drainMs: 100 });
    const [topic, group] = [await createTopic(2), uniqueName('group')];
    await log.publish(numberedRecords(topic, 20, 20));
    const errors: Error[] = [];
    const signals = new Map<number, AbortSignal>();
    await log.subscribe({
      group,
      topics: [topic],
      startAt: 'earliest',
      handle(batch) {
        signals.set(batch.partition, batch.signal);
        return new Promise(() => undefined);
      },
      onError: (error) => void errors.push(error),
    });
    await waitFor('both batches to begin', () => signals.size === 2);
    const successor = await (
      await openLog()
    ).subscribe({ group, topics: [topic], startAt: 'earliest', handle: () => Promise.resolve() });
    await waitFor('a partition to move', () => successor.assignment().get(topic)?.length === 1);
    const [moved = -1] = successor.assignment().get(topic) ?? [];
    await waitFor('the alarm', () => errors.length > 0);
    expect(errors).toMatchObject([{ code: 'partition-lost' }]);
    expect([...signals].filter(([, signal]) => signal.aborted).map(([partition]) => partition)).toEqual([
      moved,
    ]);
    await waitFor('the successor to commit', async () =>
      (await log.committedOffsets(group, topic)).has(moved),
    );
  },
);

itNeedsKafka(
  'a closing subscription waits no longer than its drain time, and what it gave up is delivered again',
  async () => {
    const log = await openLog({ drainMs: 50 });
    const [topic, group] = [await createTopic(1), uniqueName('group')];
    await log.publish([textRecord(topic, 'k', 'stuck')]);
    const begun = gate();
    let isAborted = false;
    const stuck = await log.subscribe({
      group,
      topics: [topic],
      startAt: 'earliest',
      handle(batch) {
        batch.signal.addEventListener('abort', () => (isAborted = true));
        begun.open();
        return new Promise(() => undefined);
      },
      onError: () => undefined,
    });
    await begun.opened;
    await stuck.close();
    expect(isAborted).toBe(true);
    expect(await log.committedOffsets(group, topic)).toEqual(new Map());

    const seen: string[] = [];
    await log.subscribe({
      group,
      topics: [topic],
      startAt: 'earliest',
      handle: (batch) => Promise.resolve(void seen.push(...batch.records.map(textOf))),
    });
    await waitFor('the group to catch up', () => isCaughtUp(log, group, topic));
    expect(seen).toEqual(['stuck']);
  },
);
