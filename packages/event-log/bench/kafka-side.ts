import kafkajs from 'kafkajs';
import { createKafkaEventLog, ensureTopics } from '../kafka/index.ts';
import { openTestKafka } from '../testing/index.ts';
import { batchesOf, type BenchSide, type Round } from './bench-side.ts';

const PARTITIONS = 12;

/** The log in Kafka, and kafkajs' own producer and consumer on topics of the same kind. */
export async function openKafkaSide(topics: readonly string[]): Promise<BenchSide> {
  const broker = await openTestKafka();
  const { brokers } = broker;
  const plainTopic = ({ topic }: Round) => `plain-${topic}`;
  await ensureTopics(
    { brokers, clientId: 'bench' },
    topics
      .flatMap((topic) => [topic, `plain-${topic}`])
      .map((topic) => ({ topic, partitions: PARTITIONS, replicationFactor: 1, config: {} })),
  );
  const log = await createKafkaEventLog({ brokers, clientId: 'bench', topics });
  const kafka = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();

  return {
    description: 'Kafka',
    log,

    async appendPlainly(round) {
      let count = 0;
      for (const batch of batchesOf(round)) {
        await producer.send({
          topic: plainTopic(round),
          acks: -1,
          messages: batch.map(({ key, value, headers }) => ({
            key,
            value: Buffer.from(value),
            headers: { ...headers },
          })),
        });
        count += batch.length;
      }
      return count;
    },

    async readPlainly(round) {
      const consumer = kafka.consumer({ groupId: `plain-${round.topic}` });
      await consumer.connect();
      await consumer.subscribe({ topic: plainTopic(round), fromBeginning: true });
      let count = 0;
      await new Promise<void>((resolve, reject) => {
        consumer
          .run({
            partitionsConsumedConcurrently: 4,
            eachBatch({ batch }) {
              count += batch.messages.length;
              if (count >= round.records.length) resolve();
              return Promise.resolve();
            },
          })
          .catch(reject);
      });
      await consumer.disconnect();
      return count;
    },

    async close() {
      await log.close();
      await producer.disconnect();
      await broker.close();
    },
  };
}
