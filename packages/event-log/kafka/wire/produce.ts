import { type OutgoingRecord } from '../../port/event-log.ts';
import { type TopicPartition } from '../../adapter/log-source.ts';
import { byTopic } from './by-topic.ts';
import { type ByteReader } from './byte-reader.ts';
import { batchBound, type BatchOrigin, putRecordBatch } from './encode-record-batch.ts';
import { assertNoError, type WireAnswer, type WireRequest } from './send-request.ts';

/** One record batch for one partition. */
export interface ProducedBatch extends TopicPartition {
  readonly records: readonly OutgoingRecord[];
  /** The sum of `recordBytes`. */
  readonly bytes: number;
  readonly firstSequence: number;
}

export interface ProduceOptions extends Pick<BatchOrigin, 'producerId' | 'producerEpoch'> {
  readonly acks: number;
  /** How long the brokers may take to replicate the records. */
  readonly timeoutMs: number;
}

/** Transactional id, acks, timeout, and the number of topics. */
const HEAD_BYTES = 2 + 2 + 4 + 4;
/** The bytes of a topic beside its name, and of a partition beside its batch. */
const TOPIC_BYTES = 2 + 4;
const PARTITION_BYTES = 4 + 4;

/**
 * Produce, version 3: transactional id, acks, timeout, [topic, [partition, record batch]].
 *
 * kafkajs' own encoder takes about 25 µs for a record of 1 KB, most of the cost of an append. It makes an object
 * for each record, header and number, and copies each byte five times. This encoder writes each byte once.
 */
export function produceRequest(
  batches: readonly ProducedBatch[],
  options: ProduceOptions,
): WireRequest<true> {
  const topics = byTopic(batches);
  const payload = Buffer.allocUnsafe(boundOf(topics));
  let at = payload.writeInt16BE(-1, 0);
  at = payload.writeInt16BE(options.acks, at);
  at = payload.writeInt32BE(options.timeoutMs, at);
  at = payload.writeInt32BE(topics.size, at);
  for (const [topic, ofTopic] of topics) {
    at = payload.writeInt16BE(Buffer.byteLength(topic), at);
    at += payload.write(topic, at);
    at = payload.writeInt32BE(ofTopic.length, at);
    for (const { partition, records, firstSequence } of ofTopic) {
      const start = payload.writeInt32BE(partition, at) + 4;
      const { producerId, producerEpoch } = options;
      const origin = { producerId, producerEpoch, firstSequence, timestampMs: Date.now() };
      const length = putRecordBatch(payload.subarray(start), records, origin);
      payload.writeInt32BE(length, start - 4);
      at = start + length;
    }
  }
  return {
    apiKey: 0,
    apiVersion: 3,
    apiName: 'Produce',
    payload: payload.subarray(0, at),
    decode: decodeAnswer,
  };
}

function boundOf(topics: ReadonlyMap<string, readonly ProducedBatch[]>): number {
  let bytes = HEAD_BYTES;
  for (const [topic, batches] of topics) {
    bytes += TOPIC_BYTES + Buffer.byteLength(topic);
    for (const batch of batches) bytes += PARTITION_BYTES + batchBound(batch.records, batch.bytes);
  }
  return bytes;
}

/** [topic, [partition, error, first offset, append time]], throttle time. */
function decodeAnswer(answer: ByteReader): WireAnswer<true> {
  answer.array(() => {
    answer.string();
    answer.array(() => {
      answer.int32();
      assertNoError(answer.int16());
      answer.int64();
      answer.int64();
    });
  });
  return { told: true, throttleMs: answer.int32() };
}
