import { randomUUID } from 'node:crypto';
import { TOPICS } from '@leakwatch/contracts';
import { ensureTopics } from '@leakwatch/event-log/kafka';
import { startLocalKafka, type TestKafka } from '@leakwatch/event-log/testing';
import { hasJavaAndMaven } from '@leakwatch/kafka-local';
import { openTestStore } from '@leakwatch/store/testing';
import { Kafka, logLevel } from 'kafkajs';
import { inject } from 'vitest';
import {
  ANSWER_MS,
  type ArrangeOptions,
  type Arrangement,
  type LogKind,
  PARTITIONS,
  SESSION_MS,
  through,
} from './arrangement.ts';
import { type TcpProxy } from './tcp-proxy.ts';

const SHARED = inject('kafkaBrokers');
const PRODUCE = 0;

export const KAFKA_LOG: LogKind = {
  name: 'Kafka',
  needs: 'KAFKA_BROKERS, or Java and Maven',
  isHere: SHARED.length > 0,
  arrange: async (options = {}) => arrangeOn(await openKafka(options.network), options),
  // Size (4 bytes), then the request's kind (2 bytes).
  isAppend: (request) => request.length > 6 && request.readInt16BE(4) === PRODUCE,
};

/** The same on a broker that belongs to one test, which may kill it. */
export const OWN_KAFKA: LogKind = {
  ...KAFKA_LOG,
  name: 'a Kafka of its own',
  needs: 'Java and Maven',
  isHere: hasJavaAndMaven(),
  arrange: async (options = {}) => arrangeOn(await startOwnKafka(), options),
};

async function arrangeOn(
  kafka: SuiteKafka,
  { databaseNetwork, without = [] }: ArrangeOptions,
): Promise<Arrangement> {
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
    ...(kafka.crash === undefined ? {} : { crash: kafka.crash }),
    async close() {
      await store.drop();
      await kafka.close();
    },
  };
}

interface SuiteKafka extends TestKafka {
  readonly crash?: () => Promise<void>;
}

async function startOwnKafka(): Promise<SuiteKafka> {
  const broker = await startLocalKafka();
  return {
    brokers: broker.brokers,
    async crash() {
      await broker.kill9();
      await broker.restart();
    },
    close: () => broker.stop(),
  };
}

/** The suite's broker, or one that advertises the network's address to its clients. */
async function openKafka(network: TcpProxy | undefined): Promise<TestKafka> {
  if (network === undefined) return { brokers: SHARED, close: () => Promise.resolve() };
  const broker = await startLocalKafka({ advertised: `${network.host}:${network.port}` });
  network.leadTo(Number(broker.listens.split(':')[1]));
  return { brokers: broker.brokers, close: () => broker.stop() };
}

/** Does at once what retention does later: moves the beginning of the log to its end. */
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
