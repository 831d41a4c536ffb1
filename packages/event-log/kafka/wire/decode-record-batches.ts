import { gunzipSync } from 'node:zlib';
import { EventLogError } from '../../port/errors.ts';
import { type LogRecord } from '../../port/event-log.ts';
import { partitionName, type TopicPartition } from '../../adapter/log-source.ts';
import { ByteReader } from './byte-reader.ts';
import { ATTRIBUTES, BATCH, BEFORE_LENGTH_COUNTS, MAGIC } from './record-batch.ts';

export interface DecodedBatch {
  readonly firstOffset: bigint;
  readonly lastOffset: bigint;
  readonly producerId: bigint;
  /** The epoch of the leader that took the batch; it grows with each election. */
  readonly leaderEpoch: number;
  readonly isInTransaction: boolean;
  /** The batch marks the end of a transaction. Its records are not for readers. */
  readonly isControl: boolean;
  /** In offset order, beginning at the offset that was asked for. */
  readonly records: readonly LogRecord[];
}

/**
 * Decodes the batches that a broker sent. The last one may be cut off: it is left out, and comes whole with a
 * later fetch.
 */
export function decodeRecordBatches(bytes: Buffer, partition: TopicPartition, from: bigint): DecodedBatch[] {
  const batches: DecodedBatch[] = [];
  for (let start = 0; start + BATCH.records <= bytes.length;) {
    const end = start + BEFORE_LENGTH_COUNTS + bytes.readInt32BE(start + BATCH.length);
    if (end > bytes.length) break;
    batches.push(decodeBatch(bytes.subarray(start, end), partition, from));
    start = end;
  }
  return batches;
}

function decodeBatch(batch: Buffer, partition: TopicPartition, from: bigint): DecodedBatch {
  const magic = batch.readInt8(BATCH.magic);
  if (magic !== MAGIC) {
    throw new EventLogError(
      'log-refused',
      `Kafka: ${partitionName(partition)} has records in message format ${magic}; only format 2 can be read`,
    );
  }
  const attributes = batch.readInt16BE(BATCH.attributes);
  const firstOffset = batch.readBigInt64BE(BATCH.baseOffset);
  const isAppendTime = (attributes & ATTRIBUTES.isAppendTime) !== 0;
  const head: BatchHead = {
    partition,
    firstOffset,
    baseTimestamp: Number(batch.readBigInt64BE(isAppendTime ? BATCH.maxTimestamp : BATCH.baseTimestamp)),
    isAppendTime,
  };
  const { reader, count } = recordsOf(batch, attributes, partition);
  return {
    firstOffset,
    lastOffset: firstOffset + BigInt(batch.readInt32BE(BATCH.lastOffsetDelta)),
    producerId: batch.readBigInt64BE(BATCH.producerId),
    leaderEpoch: batch.readInt32BE(BATCH.leaderEpoch),
    isInTransaction: (attributes & ATTRIBUTES.isInTransaction) !== 0,
    isControl: (attributes & ATTRIBUTES.isControl) !== 0,
    records: decodeRecords(reader, count, head, from),
  };
}

const GZIP = 1;

function recordsOf(batch: Buffer, attributes: number, partition: TopicPartition) {
  const count = batch.readInt32BE(BATCH.count);
  const compression = attributes & ATTRIBUTES.compression;
  if (compression === 0) return { reader: new ByteReader(batch, BATCH.records), count };
  if (compression === GZIP) {
    return { reader: new ByteReader(gunzipSync(batch.subarray(BATCH.records))), count };
  }
  const name = ['none', 'gzip', 'snappy', 'lz4', 'zstd'][compression] ?? String(compression);
  throw new EventLogError(
    'log-refused',
    `Kafka: ${partitionName(partition)} has records compressed with ${name}; only gzip and none can be read`,
  );
}

interface BatchHead {
  readonly partition: TopicPartition;
  readonly firstOffset: bigint;
  /** Milliseconds since 1970. With append time it holds for all records. */
  readonly baseTimestamp: number;
  readonly isAppendTime: boolean;
}

function decodeRecords(reader: ByteReader, count: number, head: BatchHead, from: bigint): LogRecord[] {
  const { topic, partition } = head.partition;
  const records: LogRecord[] = [];
  const names = new RepeatedStrings();
  for (let index = 0; index < count; index += 1) {
    const length = reader.varint();
    const end = reader.at + length;
    reader.at += 1;
    const sinceBase = reader.varint();
    const offset = head.firstOffset + BigInt(reader.varint());
    if (offset >= from) {
      const key = readText(reader);
      const value = readBytes(reader);
      const headers = readHeaders(reader, names);
      const appendedAt = new Date(head.baseTimestamp + (head.isAppendTime ? 0 : sinceBase));
      records.push({ topic, partition, offset, key, value, headers, appendedAt });
    }
    reader.at = end;
  }
  return records;
}

function readText(reader: ByteReader): string {
  const length = reader.varint();
  if (length < 0) return '';
  reader.at += length;
  return reader.bytes.toString('utf8', reader.at - length, reader.at);
}

function readBytes(reader: ByteReader): Uint8Array {
  const length = reader.varint();
  if (length < 0) return new Uint8Array();
  reader.at += length;
  return reader.bytes.subarray(reader.at - length, reader.at);
}

/** Reads headers. Where a name is repeated, the last value counts. */
function readHeaders(reader: ByteReader, repeated: RepeatedStrings): Record<string, string> {
  const headers: Record<string, string> = {};
  const count = reader.varint();
  for (let index = 0; index < count; index += 1) {
    const name = repeated.read(reader, 2 * index);
    headers[name] = repeated.read(reader, 2 * index + 1);
  }
  return headers;
}

/**
 * Reads strings, most of which repeat the one at the same place in the record before. Comparing the bytes saves
 * making the string anew.
 */
class RepeatedStrings {
  readonly #texts: string[] = [];
  readonly #starts: number[] = [];
  readonly #lengths: number[] = [];

  read(reader: ByteReader, place: number): string {
    const { bytes } = reader;
    const length = reader.varint();
    if (length <= 0) return '';
    const start = reader.at;
    reader.at += length;
    const before = this.#starts[place];
    const known = this.#texts[place];
    if (before !== undefined && known !== undefined && this.#lengths[place] === length) {
      let same = 0;
      while (same < length && bytes[before + same] === bytes[start + same]) same += 1;
      if (same === length) return known;
    }
    const text = bytes.toString('utf8', start, reader.at);
    this.#texts[place] = text;
    this.#starts[place] = start;
    this.#lengths[place] = length;
    return text;
  }
}
