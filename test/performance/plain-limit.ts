import { type EventLog, type LogRecord } from '@leakwatch/event-log';
import { ensureTopics } from '@leakwatch/event-log/kafka';
import { Kafka, logLevel, type Message } from 'kafkajs';

export interface PlainLimit {
  /** Records a second, produced in batches. */
  readonly produced: number;
  /** Records a second through consume → produce → commit, batch by batch, with nothing done to them. */
  readonly passedOn: number;
}

const IN = 'plain-in';
const OUT = 'plain-out';
const BATCH = 500;
/** Waits for all replicas in sync, as leakwatch does. */
const ACKS_ALL = -1;
const PARTITIONS = 12;

/**
 * Measures the same broker and client with the same bytes and no other work: one plain process copies the log's posts.
 * Leakwatch's own rate is compared with this.
 */
export async function measurePlainLimit(
  log: EventLog,
  brokers: readonly string[],
  count: number,
): Promise<PlainLimit> {
  const specs = [IN, OUT].map((topic) => ({
    topic,
    partitions: PARTITIONS,
    replicationFactor: 1,
    config: {},
  }));
  await ensureTopics({ brokers, clientId: 'plain' }, specs);
  const messages = await readPosts(log, count);
  const kafka = new Kafka({ brokers: [...brokers], clientId: 'plain', logLevel: logLevel.NOTHING });
  const producer = kafka.producer();
  await producer.connect();
  try {
    const started = performance.now();
    for (let n = 0; n < messages.length; n += BATCH) {
      await producer.send({ topic: IN, acks: ACKS_ALL, messages: messages.slice(n, n + BATCH) });
    }
    const produced = messages.length / secondsSince(started);
    const passedOn = await passOn(kafka, producer, messages.length);
    return { produced, passedOn };
  } finally {
    await producer.disconnect();
  }
}

type Producer = ReturnType<Kafka['producer']>;

/** Time from the arrival of the first batch to the commit of the last one. */
async function passOn(kafka: Kafka, producer: Producer, count: number): Promise<number> {
  const consumer = kafka.consumer({ groupId: `plain-${performance.now()}` });
  await consumer.connect();
  await consumer.subscribe({ topic: IN, fromBeginning: true });
  let started = 0;
  let done = 0;
  const rate = new Promise<number>((resolve, reject) => {
    consumer.on('consumer.crash', ({ payload }) => reject(payload.error));
    void consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: PARTITIONS,
      eachBatch: async (payload) => {
        const { batch } = payload;
        started ||= performance.now();
        await producer.send({
          topic: OUT,
          acks: ACKS_ALL,
          messages: batch.messages.map(({ key, value, headers }) => ({ key, value, headers: headers ?? {} })),
        });
        payload.resolveOffset(batch.lastOffset());
        const offset = String(BigInt(batch.lastOffset()) + 1n);
        await consumer.commitOffsets([{ topic: IN, partition: batch.partition, offset }]);
        await payload.heartbeat();
        done += batch.messages.length;
        if (done >= count) resolve(count / secondsSince(started));
      },
    });
  });
  try {
    return await rate;
  } finally {
    await consumer.disconnect();
  }
}

async function readPosts(log: EventLog, count: number): Promise<Message[]> {
  const messages: Message[] = [];
  for await (const records of log.replay({ topic: 'posts' })) {
    messages.push(...records.map(toMessage));
    if (messages.length >= count) break;
  }
  return messages.slice(0, count);
}

function toMessage({ key, value, headers }: LogRecord): Message {
  return { key, value: Buffer.from(value), headers };
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1000;
}
