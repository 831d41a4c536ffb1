import { expect } from 'vitest';
import { numberedRecords, readAll, textOf, uniqueName } from '../../contract-tests/harness.ts';
import { createKafkaEventLog } from '../../kafka/index.ts';
import { itNeedsLocalKafka, startLocalKafka } from '../../testing/index.ts';
import { startAnswerLoser } from '../support/answer-loser.ts';
import { createTestTopic, TEST_SETTINGS } from '../support/open-kafka-log.ts';

itNeedsLocalKafka('an append whose answer is lost is sent again, and is in the log once', () =>
  appendsOnce('nothing'),
);
itNeedsLocalKafka('so is one of whose answer half has come', () => appendsOnce('half'));

async function appendsOnce(passingOn: 'nothing' | 'half'): Promise<void> {
  const network = await startAnswerLoser();
  const kafka = await startLocalKafka({ advertised: network.address });
  network.leadTo(kafka.listens);
  const topic = uniqueName('topic');
  await createTestTopic(kafka.brokers, topic, 4);
  const log = await createKafkaEventLog({ ...TEST_SETTINGS, brokers: kafka.brokers, topics: [topic] });
  try {
    const records = numberedRecords(topic, 100, 10);
    await log.publish(records.slice(0, 30));
    network.loseAnswers(2, passingOn);
    await log.publish(records.slice(30, 60));
    await log.publish(records.slice(60));
    expect(network.lost()).toBe(2);
    const texts = (await readAll(log.replay({ topic }))).map(textOf);
    expect(texts.toSorted()).toEqual(records.map(textOf).toSorted());
  } finally {
    await log.close();
    await kafka.stop();
    await network.close();
  }
}
