import { afterEach, beforeEach, expect } from 'vitest';
import {
  isCaughtUp,
  numberedRecords,
  readAll,
  textOf,
  uniqueName,
  waitFor,
} from '../../contract-tests/harness.ts';
import { EventLogError } from '../../port/errors.ts';
import { type EventLog, type OutgoingRecord } from '../../port/event-log.ts';
import { createKafkaEventLog, type KafkaLogOptions } from '../../kafka/index.ts';
import { itNeedsLocalKafka, type LocalKafka, startLocalKafka } from '../../testing/index.ts';
import { createTestTopic, TEST_SETTINGS } from '../support/open-kafka-log.ts';

let kafka: LocalKafka;
const logs: EventLog[] = [];

beforeEach(async () => {
  kafka = await startLocalKafka();
});
afterEach(async () => {
  await Promise.all(logs.splice(0).map((log) => log.close()));
  await kafka.stop();
});

async function openLog(topic: string, settings: Partial<KafkaLogOptions> = {}): Promise<EventLog> {
  await createTestTopic(kafka.brokers, topic, 4);
  const log = await createKafkaEventLog({
    ...TEST_SETTINGS,
    ...settings,
    brokers: kafka.brokers,
    topics: [topic],
  });
  logs.push(log);
  return log;
}

/** Appends like a producer: the same records again until they are in. */
async function publishUntilIn(log: EventLog, records: readonly OutgoingRecord[]): Promise<void> {
  await waitFor('the log to take the records', async () => {
    try {
      await log.publish(records);
      return true;
    } catch (error) {
      if (error instanceof EventLogError && error.canRetry) return false;
      throw error;
    }
  });
}

itNeedsLocalKafka(
  'a kill -9 of the broker, twice: publisher and subscription outlive it, and nothing acknowledged is lost',
  async () => {
    const topic = uniqueName('topic');
    const log = await openLog(topic);
    const group = uniqueName('group');
    const seen = new Set<string>();
    const errors: Error[] = [];
    const subscription = await log.subscribe({
      group,
      topics: [topic],
      startAt: 'earliest',
      maxBatchRecords: 20,
      handle(batch) {
        for (const record of batch.records) seen.add(textOf(record));
        return Promise.resolve();
      },
      onError: (error) => void errors.push(error),
    });
    const records = numberedRecords(topic, 1500, 30);
    for (let at = 0; at < records.length; at += 50) {
      const isFault = at === 500 || at === 1000;
      if (isFault) await kafka.kill9();
      await Promise.all([
        publishUntilIn(log, records.slice(at, at + 50)),
        isFault ? kafka.restart() : Promise.resolve(),
      ]);
    }
    await waitFor('the group to catch up', () => isCaughtUp(log, group, topic));
    expect(seen).toEqual(new Set(records.map(textOf)));
    expect(errors.every((error) => error instanceof EventLogError)).toBe(true);
    expect(subscription.assignment().get(topic)).toEqual([0, 1, 2, 3]);
  },
);

itNeedsLocalKafka(
  'a broker that gives no answer makes a publish fail in time, and the next one works once it answers',
  async () => {
    const topic = uniqueName('topic');
    const log = await openLog(topic, { answerMs: 2000, appendWithinMs: 3000 });
    const records = numberedRecords(topic, 3, 3);
    await log.publish(records);
    process.kill(kafka.pid(), 'SIGSTOP');
    try {
      await expect(log.publish(records)).rejects.toMatchObject({ code: 'log-unavailable', canRetry: true });
    } finally {
      process.kill(kafka.pid(), 'SIGCONT');
    }
    await publishUntilIn(log, records);
    const texts = (await readAll(log.replay({ topic }))).map(textOf);
    expect(new Set(texts)).toEqual(new Set(records.map(textOf)));
    expect(texts.length).toBeGreaterThanOrEqual(6);
  },
);

itNeedsLocalKafka('no broker at all is an error in time, and not a wait for ever', async () => {
  await kafka.kill9();
  const opening = createKafkaEventLog({
    ...TEST_SETTINGS,
    connectMs: 500,
    brokers: kafka.brokers,
    topics: ['posts'],
  });
  await expect(opening).rejects.toMatchObject({ code: 'log-unavailable' });
});
