import { alterConfig } from '@leakwatch/kafka-local';
import { expect, onTestFinished } from 'vitest';
import { readAll, textOf, textRecord, uniqueName } from '../../contract-tests/harness.ts';
import { createKafkaEventLog } from '../../kafka/index.ts';
import { itNeedsLocalKafka, startLocalKafka } from '../../testing/index.ts';
import { createTestTopic, TEST_SETTINGS } from '../support/open-kafka-log.ts';

/** The broker counts over ten seconds, so an append of `TEXTS` makes it take nothing more from that connection for three. */
const QUOTA = 'producer_byte_rate=20000';
const TEXTS = ['a', 'b'].map((letter) => letter.repeat(130_000));
/** Less than that. */
const ANSWER_MS = 1500;

itNeedsLocalKafka(
  'a client over its quota waits as long as the broker says, and nothing times out',
  async () => {
    const kafka = await startLocalKafka();
    onTestFinished(() => kafka.stop());
    const topic = uniqueName('topic');
    await createTestTopic(kafka.brokers, topic, 1);
    const entity = ['--entity-type', 'clients', '--entity-name', TEST_SETTINGS.clientId];
    await alterConfig(kafka.brokers, [...entity, '--add-config', QUOTA]);
    const log = await createKafkaEventLog({
      ...{ ...TEST_SETTINGS, answerMs: ANSWER_MS },
      ...{ brokers: kafka.brokers, topics: [topic] },
    });
    onTestFinished(() => log.close());
    await log.publish(TEXTS.map((text) => textRecord(topic, 'key', text)));
    expect((await readAll(log.replay({ topic }))).map(textOf)).toEqual(TEXTS);
  },
);
