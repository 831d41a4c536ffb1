import { type KafkaMessage } from 'kafkajs';
import { z } from 'zod';
import { type LogRecord } from '../event-log.ts';
import { type Head, type TopicPartition } from '../subscription/log-source.ts';
import { type KafkaCluster } from './kafka-cluster.ts';

export interface Want extends TopicPartition {
  readonly from: bigint;
}

/** What a broker gave of a partition. */
export interface Fetched extends Want, Head {
  readonly records: readonly LogRecord[];
  /** Where to fetch on: past the last record, and past what is no record for readers. */
  readonly next: bigint;
  readonly bytes: number;
}

export interface FetchLimits {
  /** How long the broker waits for something new. */
  readonly maxWaitMs: number;
  /** Of one partition; a batch that is larger comes all the same. */
  readonly partitionBytes: number;
}

const FETCH_BYTES = 10_000_000;

/** What kafkajs decodes from the wire, as far as it is read here. */
const BatchContext = z.object({
  firstOffset: z.string(),
  lastOffsetDelta: z.int(),
  producerId: z.string(),
  inTransaction: z.boolean(),
});
type DecodedMessage = KafkaMessage & {
  readonly isControlRecord: boolean;
  readonly batchContext: z.infer<typeof BatchContext>;
};

/** Message by message the schema would cost more than the decoding: the first of a batch speaks for its fellows. */
const checkedContexts = new WeakSet<object>();

function isDecodedMessage(value: unknown): value is DecodedMessage {
  if (typeof value !== 'object' || value === null) return false;
  if (!('offset' in value && 'headers' in value && 'isControlRecord' in value && 'batchContext' in value)) {
    return false;
  }
  const { batchContext } = value;
  if (typeof batchContext !== 'object' || batchContext === null) return false;
  if (!checkedContexts.has(batchContext)) {
    if (!BatchContext.safeParse(batchContext).success) return false;
    checkedContexts.add(batchContext);
  }
  return true;
}

const Offset = z.string().transform((digits) => BigInt(digits));
const FetchAnswer = z.object({
  responses: z.array(
    z.object({
      topicName: z.string(),
      partitions: z.array(
        z.object({
          partition: z.int(),
          lastStableOffset: Offset,
          /** The log's start offset, as kafkajs spells it. */
          lastStartOffset: Offset,
          abortedTransactions: z.array(z.object({ producerId: z.string(), firstOffset: Offset })),
          messages: z.array(z.custom<DecodedMessage>(isDecodedMessage)),
        }),
      ),
    }),
  ),
});
type PartitionAnswer = z.infer<typeof FetchAnswer>['responses'][number]['partitions'][number];

/**
 * One fetch from one broker, of partitions that it leads.
 * @throws EventLogError `offset-trimmed` where one of them begins before what is kept
 */
export async function fetchRecords(
  cluster: KafkaCluster,
  nodeId: string,
  wants: readonly Want[],
  { maxWaitMs, partitionBytes }: FetchLimits,
): Promise<Fetched[]> {
  const topics = [...new Set(wants.map(({ topic }) => topic))];
  const answer: unknown = await cluster.ask(nodeId, (broker) =>
    broker.fetch({
      maxWaitTime: maxWaitMs,
      minBytes: 1,
      maxBytes: FETCH_BYTES,
      topics: topics.map((topic) => ({
        topic,
        partitions: wants
          .filter((want) => want.topic === topic)
          .map(({ partition, from }) => ({
            partition,
            fetchOffset: String(from),
            maxBytes: partitionBytes,
          })),
      })),
    }),
  );
  return FetchAnswer.parse(answer).responses.flatMap(({ topicName: topic, partitions }) =>
    partitions.flatMap((given) => {
      const want = wants.find((one) => one.topic === topic && one.partition === given.partition);
      return want === undefined ? [] : [fetchedOf(want, given)];
    }),
  );
}

function fetchedOf(want: Want, answer: PartitionAnswer): Fetched {
  const { topic, partition, from } = want;
  const last = answer.messages.at(-1)?.batchContext;
  const past = last === undefined ? from : BigInt(last.firstOffset) + BigInt(last.lastOffsetDelta) + 1n;
  const records: LogRecord[] = [];
  let bytes = 0;
  for (const message of committed(answer)) {
    // A batch comes whole, though it begins before what was asked for.
    if (BigInt(message.offset) < from) continue;
    const record = toLogRecord(want, message);
    records.push(record);
    bytes += record.value.byteLength;
  }
  return {
    topic,
    partition,
    from,
    records,
    bytes,
    next: past > from ? past : from,
    start: answer.lastStartOffset,
    end: answer.lastStableOffset,
  };
}

/**
 * Leaves out what isn't for readers: control records, and records of transactions that were aborted. leakwatch makes no
 * transactions, but other producers of a topic may. The control record that ends an aborted one comes last of it.
 */
function* committed({ messages, abortedTransactions }: PartitionAnswer): Generator<DecodedMessage> {
  const pending = abortedTransactions.toSorted((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  const aborted = new Set<string>();
  for (const message of messages) {
    const { producerId, inTransaction } = message.batchContext;
    for (let next = pending[0]; next !== undefined; next = pending[0]) {
      if (next.firstOffset > BigInt(message.offset)) break;
      aborted.add(next.producerId);
      pending.shift();
    }
    if (message.isControlRecord) aborted.delete(producerId);
    else if (!inTransaction || !aborted.has(producerId)) yield message;
  }
}

function toLogRecord({ topic, partition }: TopicPartition, message: KafkaMessage): LogRecord {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers ?? {})) {
    // Of a header that is there twice, the last counts.
    const one = Array.isArray(value) ? value.at(-1) : value;
    headers[name] = one?.toString() ?? '';
  }
  return {
    topic,
    partition,
    offset: BigInt(message.offset),
    key: message.key?.toString() ?? '',
    value: message.value ?? new Uint8Array(),
    headers,
    appendedAt: new Date(Number(message.timestamp)),
  };
}
