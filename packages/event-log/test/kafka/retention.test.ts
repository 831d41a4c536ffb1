import kafkajs from 'kafkajs';
import { afterAll, beforeAll, expect } from 'vitest';
import {
  isCaughtUp,
  numberedRecords,
  readAll,
  textOf,
  uniqueName,
  waitFor,
} from '../../contract-tests/harness.ts';
import { type EventLog } from '../../port/event-log.ts';
import { createKafkaEventLog } from '../../kafka/index.ts';
import { itNeedsKafka, openTestKafka, type TestKafka } from '../../testing/index.ts';
import { createTestTopic, TEST_SETTINGS } from '../support/open-kafka-log.ts';

let kafka: TestKafka;
let log: EventLog;

beforeAll(async () => {
  kafka = await openTestKafka();
  log = await createKafkaEventLog({ ...TEST_SETTINGS, brokers: kafka.brokers, topics: [] });
});
afterAll(async () => {
  await log.close();
  await kafka.close();
});

/** Drops everything before an offset, as retention does. */
async function trim(topic: string, offset: bigint): Promise<void> {
  const admin = new kafkajs.Kafka({
    brokers: [...kafka.brokers],
    logLevel: kafkajs.logLevel.NOTHING,
  }).admin();
  await admin.connect();
  // It asks for no metadata of its own.
  await admin.fetchTopicOffsets(topic);
  await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(offset) }] });
  await admin.disconnect();
}

/** Deletes a topic, and makes another of the same name. */
async function makeAgain(topic: string, partitions: number): Promise<void> {
  await remove(topic);
  await createTestTopic(kafka.brokers, topic, partitions);
}

async function remove(topic: string): Promise<void> {
  const admin = new kafkajs.Kafka({
    brokers: [...kafka.brokers],
    logLevel: kafkajs.logLevel.NOTHING,
  }).admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [topic] });
  await admin.disconnect();
}

async function topicOf(records: number): Promise<string> {
  const topic = uniqueName('topic');
  await createTestTopic(kafka.brokers, topic, 1);
  await log.publish(numberedRecords(topic, records, 1));
  return topic;
}

itNeedsKafka('a replay from a trimmed offset is an error; from the start it reads what is kept', async () => {
  const topic = await topicOf(10);
  await trim(topic, 6n);
  const kept = await readAll(log.replay({ topic }));
  expect(kept.map(({ offset }) => offset)).toEqual([6n, 7n, 8n, 9n]);
  const reading = readAll(log.replay({ topic, from: new Map([[0, 4n]]) }));
  await expect(reading).rejects.toMatchObject({ code: 'offset-trimmed' });
});

itNeedsKafka(
  'a group whose place was trimmed away hears which offsets, and goes on with what is kept',
  async () => {
    const topic = await topicOf(14);
    const group = uniqueName('group');
    const seen: bigint[] = [];
    const errors: Error[] = [];
    const join = (stopAfterFirst: boolean) =>
      log.subscribe({
        group,
        topics: [topic],
        // Where a silent reset would go: to the end, and four records would be lost with the others.
        startAt: 'latest',
        startFrom: new Map([[0, 0n]]),
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

    await trim(topic, 10n);
    await join(false);
    await waitFor('the group to catch up', () => isCaughtUp(log, group, topic));
    expect(seen).toEqual([0n, 1n, 2n, 10n, 11n, 12n, 13n]);
    expect(errors).toMatchObject([{ code: 'offset-trimmed' }]);
    expect(errors[0]!.message).toContain('offsets 3 to 9 were trimmed unread');
  },
);

itNeedsKafka('a group that is overtaken by retention while it works hears of it too', async () => {
  const topic = await topicOf(8);
  const group = uniqueName('group');
  const errors: Error[] = [];
  const texts: string[] = [];
  let mayGoOn = false;
  await log.subscribe({
    group,
    topics: [topic],
    startAt: 'earliest',
    maxBatchRecords: 2,
    handle(batch) {
      if (!mayGoOn) return Promise.reject(new Error('not now'));
      texts.push(...batch.records.map(textOf));
      return Promise.resolve();
    },
    onError: (error) => void errors.push(error),
  });
  await waitFor('the first try', () => errors.length > 0);
  await trim(topic, 6n);
  await waitFor('the alarm', () => errors.some((error) => error.message.includes('were trimmed unread')));
  mayGoOn = true;
  await waitFor('the group to catch up', () => isCaughtUp(log, group, topic));
  expect(texts.slice(-2)).toEqual(['creator-0#6', 'creator-0#7']);
});

/** Reads a topic with a group of its own. The texts stay readable after the topic is gone. */
async function follow(topic: string, mayHandle: () => boolean = () => true) {
  const group = uniqueName('group');
  const texts: string[] = [];
  const errors: Error[] = [];
  const subscription = await log.subscribe({
    group,
    topics: [topic],
    startAt: 'latest',
    startFrom: new Map([[0, 0n]]),
    handle(batch) {
      if (!mayHandle()) return Promise.reject(new Error('not now'));
      texts.push(...batch.records.map(textOf));
      return Promise.resolve();
    },
    onError: (error) => void errors.push(error),
  });
  return { group, texts, errors, subscription };
}

/** Records of the topic before it is made again. */
const READ = 20;

async function goesOnAnew(count: number): Promise<void> {
  const topic = await topicOf(READ);
  const { group, texts, errors, subscription } = await follow(topic);
  await waitFor('the group to catch up', () => isCaughtUp(log, group, topic));
  texts.length = 0;

  await makeAgain(topic, 2);
  const records = numberedRecords(topic, count, count);
  await waitFor('the new topic to take records', () =>
    log.publish(records).then(
      () => true,
      () => false,
    ),
  );
  await waitFor('all new records', () => new Set(texts).size === count);
  expect(new Set(texts)).toEqual(new Set(records.map(textOf)));
  await waitFor('both partitions', () => subscription.assignment().get(topic)?.length === 2);
  await waitFor('the group to commit', () => isCaughtUp(log, group, topic));
  const lost = errors.filter((error) => 'code' in error && error.code === 'offset-trimmed');
  expect(lost.map(({ message }) => message)).toEqual([
    // Nothing is lost. Where the new topic holds more than was read of the one before, its end may be taken for that one's.
    expect.stringMatching(
      new RegExp(
        `^${topic}/0: the topic was deleted and made again; the group goes on at its start, and at most (0|${count - READ}) records`,
      ),
    ),
  ]);
}

itNeedsKafka(
  'a group goes on by itself in a topic that was made again, with fewer records than it had read',
  () => goesOnAnew(3),
);
itNeedsKafka('… and with more records than it had read', () => goesOnAnew(40));

itNeedsKafka('a group says how many records it lost, and that a topic is gone while it is', async () => {
  const topic = await topicOf(12);
  const { errors, subscription } = await follow(topic, () => false);
  await waitFor('the first try', () => errors.length > 0);
  await remove(topic);
  await waitFor('the deletion to be noticed', () =>
    (subscription.delays().beat.reason ?? '').includes(`topic ${topic} has been deleted`),
  );
  await createTestTopic(kafka.brokers, topic, 1);
  await waitFor('the loss to be told', () =>
    errors.some(({ message }) => message.includes('at most 12 records of the one before are lost unread')),
  );
  await waitFor('a heartbeat', () => subscription.delays().beat.reason === null);
});

itNeedsKafka('a replay from beyond the end is an error: those records are gone', async () => {
  const topic = await topicOf(5);
  const reading = readAll(log.replay({ topic, from: new Map([[0, 6n]]) }));
  await expect(reading).rejects.toMatchObject({ code: 'offset-trimmed' });
});

itNeedsKafka('a record of an aborted transaction is skipped; those around it are read', async () => {
  const topic = await topicOf(1);
  const producer = new kafkajs.Kafka({
    brokers: [...kafka.brokers],
    logLevel: kafkajs.logLevel.NOTHING,
  }).producer({
    transactionalId: uniqueName('tx'),
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  for (const [text, outcome] of [
    ['given up', 'abort'],
    ['meant', 'commit'],
  ] as const) {
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages: [{ key: 'k', value: text }] });
    await transaction[outcome]();
  }
  await producer.disconnect();
  await log.publish(numberedRecords(topic, 1, 1));
  // A broker marks how a transaction ended after it has said so to the producer: four records, two marks.
  await waitFor('the marks', async () => (await log.endOffsets(topic)).get(0) === 6n);

  expect((await readAll(log.replay({ topic }))).map(textOf)).toEqual(['creator-0#0', 'meant', 'creator-0#0']);
  const seen: string[] = [];
  const group = uniqueName('group');
  await log.subscribe({
    group,
    topics: [topic],
    startAt: 'earliest',
    handle: (batch) => Promise.resolve(void seen.push(...batch.records.map(textOf))),
  });
  await waitFor('the group to catch up', () => isCaughtUp(log, group, topic));
  expect(seen).toEqual(['creator-0#0', 'meant', 'creator-0#0']);
});
