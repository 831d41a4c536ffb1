import { openTestStore } from '@leakwatch/store/testing';
import { describeEventLogContract, type EventLogHarness } from '../../contract-tests/index.ts';
import { createKafkaEventLog } from '../../kafka/index.ts';
import { findKafka, itNeedsKafka, openTestKafka } from '../../testing/index.ts';
import { createTestTopic, TEST_SETTINGS } from '../support/open-kafka-log.ts';

async function createHarness(): Promise<EventLogHarness> {
  const [kafka, store] = await Promise.all([openTestKafka(), openTestStore()]);
  return {
    createTopic: (topic, partitions) => createTestTopic(kafka.brokers, topic, partitions),
    open: () => createKafkaEventLog({ ...TEST_SETTINGS, brokers: kafka.brokers, topics: [] }),
    letters: store.pool,
    child: {
      module: new URL('../support/open-kafka-log.ts', import.meta.url).href,
      options: { brokers: kafka.brokers },
    },
    async close() {
      await kafka.close();
      await store.drop();
    },
  };
}

if (findKafka() === 'none') {
  itNeedsKafka("the Kafka adapter keeps the event log's contract", () => undefined);
} else {
  describeEventLogContract('the Kafka adapter', createHarness);
}
