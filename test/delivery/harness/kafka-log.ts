import { randomUUID } from 'node:crypto';
import { TOPICS } from '@leakwatch/contracts';
import { ensureTopics } from '@leakwatch/event-log/kafka';
import { startLocalKafka, type TestKafka } from '@leakwatch/event-log/testing';
import { openTestStore } from '@leakwatch/store/testing';
import { Kafka, logLevel } from 'kafkajs';
import { inject } from 'vitest';
import { ANSWER_MS, type LogKind, PARTITIONS, SESSION_MS, through } from './arrangement.ts';
import { type TcpProxy } from './tcp-proxy.ts';

const SHARED = inject('kafkaBrokers');
const PRODUCE = 0;

export const KAFKA_LOG: LogKind = {
  name: 'Kafka',
  needs: 'KAFKA_BROKERS, or Java and Maven',
  isHere: SHARED.length > 0,
  async arrange({ network, databaseNetwork, without = [] } = {}) {
    const kafka = await openKafka(network);
    const store = await openTestStore();
    const namespace = `${randomUUID().slice(0, 8)}.`;
    const create = async (...topics: string[]) => {
      await ensureTopics(
        { brokers: kafka.brokers, clientId: 'leakwatch-delivery' },
        topics.map((topic) => ({
          topic: namespace + topic,
          partitions: PARTITIONS,
          replicationFactor: 1,
          config: {},
        })),
      );
    };
    await create(...TOPICS.filter((topic) => !without.includes(topic)));
    const address = {
      kind: 'kafka' as const,
      brokers: [...kafka.brokers],
      namespace,
      sessionMs: SESSION_MS,
      answerMs: ANSWER_MS,
    };
    return {
      store,
      address,
      forServices: { log: address, databaseUrl: through(databaseNetwork, store.connectionString) },
      createTopic: (topic) => create(topic),
      trim: (topic) => deleteRecords(kafka.brokers, namespace + topic),
      async close() {
        await store.drop();
        await kafka.close();
      },
    };
  },
  // Size (4 bytes), then the request's kind (2 bytes).
  isAppend: (request) => request.length > 6 && request.readInt16BE(4) === PRODUCE,
};

/** The suite's broker; or one that tells its clients to come by the network. */
async function openKafka(network: TcpProxy | undefined): Promise<TestKafka> {
  if (network === undefined) return { brokers: SHARED, close: () => Promise.resolve() };
  const broker = await startLocalKafka({ advertised: `${network.host}:${network.port}` });
  network.leadTo(Number(broker.listens.split(':')[1]));
  return { brokers: broker.brokers, close: () => broker.stop() };
}

/** What retention does, at once: the log begins at its end. */
async function deleteRecords(brokers: readonly string[], topic: string): Promise<void> {
  const admin = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(topic);
  await admin.deleteTopicRecords({
    topic,
    partitions: ends.map(({ partition, high }) => ({ partition, offset: high })),
  });
  await admin.disconnect();
}
