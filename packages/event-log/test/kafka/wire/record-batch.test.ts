import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordBytes } from '../../../port/check-record.ts';
import { type OutgoingRecord } from '../../../port/event-log.ts';
import { crc32c } from '../../../kafka/wire/crc32c.ts';
import { decodeRecordBatches } from '../../../kafka/wire/decode-record-batches.ts';
import { batchBound, putRecordBatch } from '../../../kafka/wire/encode-record-batch.ts';
import { ATTRIBUTES, BATCH } from '../../../kafka/wire/record-batch.ts';

const PARTITION = { topic: 'posts', partition: 3 };
const ORIGIN = { producerId: 7000, producerEpoch: 2, firstSequence: 41, timestampMs: 1_790_000_000_123 };

const header = fc.tuple(
  fc.string({ minLength: 1, maxLength: 20 }).filter((name) => name !== '__proto__'),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
);
const record: fc.Arbitrary<OutgoingRecord> = fc.record({
  topic: fc.constant('posts'),
  key: fc.string({ unit: 'grapheme', minLength: 1 }),
  // Lengths whose varints take one, two and three bytes.
  value: fc.oneof(
    fc.uint8Array({ maxLength: 70 }),
    fc.uint8Array({ minLength: 8000, maxLength: 9000, size: 'max' }),
  ),
  headers: fc.array(header, { maxLength: 6 }).map((headers) => Object.fromEntries(headers)),
});

function encode(records: readonly OutgoingRecord[]): Buffer {
  const contentBytes = records.reduce((sum, one) => sum + recordBytes(one), 0);
  const bytes = Buffer.alloc(batchBound(records, contentBytes), 0xee);
  return bytes.subarray(0, putRecordBatch(bytes, records, ORIGIN));
}

const contentOf = (one: OutgoingRecord) => ({
  topic: one.topic,
  key: one.key,
  value: Buffer.from(one.value).toString('hex'),
  headers: one.headers,
});

describe('CRC-32C', () => {
  it('gives the sums that RFC 3720 gives', () => {
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
    expect(crc32c(Buffer.alloc(32, 0xff))).toBe(0x62a8ab43);
    expect(crc32c(Buffer.from(Array.from({ length: 32 }, (_, n) => n)))).toBe(0x46dd794e);
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  });

  it('looks at nothing outside its bounds', () => {
    expect(crc32c(Buffer.from('ab123456789c'), 2, 11)).toBe(0xe3069283);
  });
});

describe('record batches', () => {
  it('are read as they were written, whatever is in them', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 8 }), (records) => {
        const [batch, ...others] = decodeRecordBatches(encode(records), PARTITION, 0n);
        expect(others).toEqual([]);
        expect(batch?.records.map(contentOf)).toEqual(records.map(contentOf));
        expect(batch?.records.map(({ offset }) => offset)).toEqual(records.map((_, n) => BigInt(n)));
        expect(new Set(batch?.records.map(({ appendedAt }) => appendedAt.getTime()))).toEqual(
          new Set([ORIGIN.timestampMs]),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('carry the numbering of their producer, and a sum over all that follows it', () => {
    const batch = encode([{ topic: 'posts', key: 'k', value: Buffer.from('v'), headers: {} }]);
    expect(batch.readInt32BE(BATCH.length)).toBe(batch.length - BATCH.leaderEpoch);
    expect(batch.readBigInt64BE(BATCH.producerId)).toBe(7000n);
    expect(batch.readInt16BE(BATCH.producerEpoch)).toBe(2);
    expect(batch.readInt32BE(BATCH.baseSequence)).toBe(41);
    expect(batch.readUInt32BE(BATCH.checkSum)).toBe(crc32c(batch, BATCH.attributes));
  });

  const three = ['a', 'b', 'c'].map((key) => ({ topic: 'posts', key, value: Buffer.from(key), headers: {} }));

  it('begin at the offset that was asked for', () => {
    const batch = encode(three);
    batch.writeBigInt64BE(100n, BATCH.baseOffset);
    const [decoded] = decodeRecordBatches(batch, PARTITION, 101n);
    expect(decoded?.records.map(({ key, offset }) => [key, offset])).toEqual([
      ['b', 101n],
      ['c', 102n],
    ]);
    expect(decoded?.lastOffset).toBe(102n);
  });

  it('leave out a last one that is cut off', () => {
    const whole = encode(three);
    for (const length of [1, BATCH.records, whole.length - 1]) {
      const bytes = Buffer.concat([whole, whole.subarray(0, length)]);
      expect(decodeRecordBatches(bytes, PARTITION, 0n)).toHaveLength(1);
    }
  });

  it('are read when gzip has compressed them', () => {
    const plain = encode(three);
    const body = gzipSync(plain.subarray(BATCH.records));
    const batch = Buffer.concat([plain.subarray(0, BATCH.records), body]);
    batch.writeInt16BE(1, BATCH.attributes);
    batch.writeInt32BE(batch.length - BATCH.leaderEpoch, BATCH.length);
    const [decoded] = decodeRecordBatches(batch, PARTITION, 0n);
    expect(decoded?.records.map(({ key }) => key)).toEqual(['a', 'b', 'c']);
  });

  it('in another compression are refused, with the place and its name', () => {
    const batch = encode(three);
    batch.writeInt16BE(4, BATCH.attributes);
    expect(() => decodeRecordBatches(batch, PARTITION, 0n)).toThrow(
      'posts/3 has records compressed with zstd; only gzip and none can be read',
    );
  });

  it('have the time of the append where the broker has set it', () => {
    const batch = encode(three);
    batch.writeInt16BE(ATTRIBUTES.isAppendTime, BATCH.attributes);
    batch.writeBigInt64BE(5000n, BATCH.maxTimestamp);
    const [decoded] = decodeRecordBatches(batch, PARTITION, 0n);
    expect(decoded?.records.map(({ appendedAt }) => appendedAt.getTime())).toEqual([5000, 5000, 5000]);
  });

  it('that end in the middle of a number are refused', () => {
    const batch = encode(three);
    batch.writeInt32BE(4, BATCH.count);
    expect(() => decodeRecordBatches(batch, PARTITION, 0n)).toThrow('past its end');
  });
});
