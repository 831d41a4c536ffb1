import { type OutgoingRecord } from '../../port/event-log.ts';
import { crc32c } from './crc32c.ts';
import { BATCH, BEFORE_LENGTH_COUNTS, MAGIC } from './record-batch.ts';

export interface BatchOrigin {
  readonly producerId: number;
  readonly producerEpoch: number;
  /** The number of the first record, as idempotent producers count. */
  readonly firstSequence: number;
  readonly timestampMs: number;
}

/** The bytes of the longest varint of 32 bits. */
const LONGEST = 5;
const ASCII_END = 0x80;
/** The length of most records takes two bytes. Other records are moved after writing. */
const USUAL_LENGTH_BYTES = 2;

/**
 * The most bytes that a batch of these records can take: their content, and a varint before each part.
 *
 * @param contentBytes - the sum of `recordBytes`
 */
export function batchBound(records: readonly OutgoingRecord[], contentBytes: number): number {
  const parts = records.reduce((sum, { headers }) => sum + 6 + 2 * Object.keys(headers).length, 0);
  return BATCH.records + contentBytes + parts * LONGEST;
}

/**
 * Writes a record batch of magic 2, uncompressed, in one pass, and returns its end.
 *
 * @param bytes - has room for `batchBound` bytes
 * @param records - at least one
 */
export function putRecordBatch(
  bytes: Buffer,
  records: readonly OutgoingRecord[],
  origin: BatchOrigin,
): number {
  let end: number = BATCH.records;
  let index = 0;
  for (const record of records) {
    end = putRecord(bytes, end, record, index);
    index += 1;
  }
  bytes.writeBigInt64BE(0n, BATCH.baseOffset);
  bytes.writeInt32BE(end - BEFORE_LENGTH_COUNTS, BATCH.length);
  bytes.writeInt32BE(-1, BATCH.leaderEpoch);
  bytes.writeInt8(MAGIC, BATCH.magic);
  bytes.writeInt16BE(0, BATCH.attributes);
  bytes.writeInt32BE(records.length - 1, BATCH.lastOffsetDelta);
  bytes.writeBigInt64BE(BigInt(origin.timestampMs), BATCH.baseTimestamp);
  bytes.writeBigInt64BE(BigInt(origin.timestampMs), BATCH.maxTimestamp);
  bytes.writeBigInt64BE(BigInt(origin.producerId), BATCH.producerId);
  bytes.writeInt16BE(origin.producerEpoch, BATCH.producerEpoch);
  bytes.writeInt32BE(origin.firstSequence, BATCH.baseSequence);
  bytes.writeInt32BE(records.length, BATCH.count);
  bytes.writeUInt32BE(crc32c(bytes, BATCH.attributes, end), BATCH.checkSum);
  return end;
}

/** Writes length, attributes, the deltas of timestamp and offset, key, value and headers. Returns the end. */
function putRecord(buffer: Buffer, start: number, record: OutgoingRecord, index: number): number {
  const { key, value, headers } = record;
  const body = start + USUAL_LENGTH_BYTES;
  buffer[body] = 0;
  buffer[body + 1] = 0;
  let at = putVarint(buffer, body + 2, index);
  at = putString(buffer, at, key);
  at = putVarint(buffer, at, value.byteLength);
  buffer.set(value, at);
  at += value.byteLength;
  const names = Object.keys(headers);
  at = putVarint(buffer, at, names.length);
  for (const name of names) {
    at = putString(buffer, at, name);
    at = putString(buffer, at, headers[name] ?? '');
  }
  const length = at - body;
  const lengthBytes = varintBytes(length);
  if (lengthBytes !== USUAL_LENGTH_BYTES) buffer.copyWithin(start + lengthBytes, body, at);
  putVarint(buffer, start, length);
  return start + lengthBytes + length;
}

/**
 * Writes the length in bytes, then UTF-8. Most strings are short and ASCII: a native call would cost more than
 * the copying.
 */
function putString(buffer: Buffer, start: number, text: string): number {
  let at = putVarint(buffer, start, text.length);
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit >= ASCII_END) return putUnicode(buffer, start, text);
    buffer[at] = unit;
    at += 1;
  }
  return at;
}

function putUnicode(buffer: Buffer, start: number, text: string): number {
  const at = putVarint(buffer, start, Buffer.byteLength(text));
  return at + buffer.write(text, at);
}

/** Zigzag encoding doubles a number that is not negative. */
function putVarint(buffer: Buffer, start: number, number: number): number {
  let rest = number * 2;
  let at = start;
  while (rest > 0x7f) {
    buffer[at] = (rest & 0x7f) | 0x80;
    at += 1;
    rest >>>= 7;
  }
  buffer[at] = rest;
  return at + 1;
}

function varintBytes(number: number): number {
  let bytes = 1;
  for (let rest = number * 2; rest > 0x7f; rest >>>= 7) bytes += 1;
  return bytes;
}
