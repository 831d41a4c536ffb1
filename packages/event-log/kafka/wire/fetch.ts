import { type TopicPartition } from '../../adapter/log-source.ts';
import { byTopic } from './by-topic.ts';
import { type ByteReader } from './byte-reader.ts';
import { assertNoError, type WireAnswer, type WireRequest } from './send-request.ts';

export interface FetchedFrom extends TopicPartition {
  readonly from: bigint;
  /** A larger batch comes all the same. */
  readonly maxBytes: number;
}

export interface FetchOptions {
  /** How long the broker waits for new records. */
  readonly maxWaitMs: number;
  readonly maxBytes: number;
}

/** A broker's answer for one partition. */
export interface PartitionAnswer extends TopicPartition {
  readonly lastStableOffset: bigint;
  readonly logStartOffset: bigint;
  readonly abortedTransactions: readonly { readonly producerId: bigint; readonly firstOffset: bigint }[];
  /** Record batches. The last may be cut off. */
  readonly records: Buffer;
}

/** The replica id of a client, which is no replica. */
const CLIENT = -1;
const AT_LEAST_BYTES = 1;
/** Isolation level: only committed transactions. */
const READ_COMMITTED = 1;
const TOPIC_BYTES = 2 + 4;
const PARTITION_BYTES = 4 + 8 + 8 + 4;

/**
 * Fetch, version 5: replica, longest wait, least and most bytes, isolation, [topic, [partition, offset, log
 * start (known to replicas only), most bytes]].
 */
export function fetchRequest(
  wants: readonly FetchedFrom[],
  options: FetchOptions,
): WireRequest<PartitionAnswer[]> {
  const topics = byTopic(wants);
  let bytes = 4 + 4 + 4 + 4 + 1 + 4;
  for (const topic of topics.keys()) bytes += TOPIC_BYTES + Buffer.byteLength(topic);
  const payload = Buffer.alloc(bytes + wants.length * PARTITION_BYTES);
  let at = payload.writeInt32BE(CLIENT, 0);
  at = payload.writeInt32BE(options.maxWaitMs, at);
  at = payload.writeInt32BE(AT_LEAST_BYTES, at);
  at = payload.writeInt32BE(options.maxBytes, at);
  at = payload.writeInt8(READ_COMMITTED, at);
  at = payload.writeInt32BE(topics.size, at);
  for (const [topic, ofTopic] of topics) {
    at = payload.writeInt16BE(Buffer.byteLength(topic), at);
    at += payload.write(topic, at);
    at = payload.writeInt32BE(ofTopic.length, at);
    for (const { partition, from, maxBytes } of ofTopic) {
      at = payload.writeInt32BE(partition, at);
      at = payload.writeBigInt64BE(from, at);
      at = payload.writeBigInt64BE(-1n, at);
      at = payload.writeInt32BE(maxBytes, at);
    }
  }
  return { apiKey: 1, apiVersion: 5, apiName: 'Fetch', payload, decode: decodeAnswer };
}

/**
 * Throttle time, [topic, [partition, error, high watermark, last stable offset, log start, [aborted
 * transaction], record batches]].
 */
function decodeAnswer(answer: ByteReader): WireAnswer<PartitionAnswer[]> {
  const throttleMs = answer.int32();
  const topics = answer.array(() => {
    const topic = answer.string();
    return answer.array(() => decodePartition(answer, topic));
  });
  return { told: topics.flat(), throttleMs };
}

function decodePartition(answer: ByteReader, topic: string): PartitionAnswer {
  const partition = answer.int32();
  assertNoError(answer.int16());
  answer.int64();
  const lastStableOffset = answer.int64();
  const logStartOffset = answer.int64();
  const abortedTransactions = answer.array(() => ({
    producerId: answer.int64(),
    firstOffset: answer.int64(),
  }));
  return {
    topic,
    partition,
    lastStableOffset,
    logStartOffset,
    abortedTransactions,
    records: answer.buffer(),
  };
}
