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

  it('have the bytes that the format of Kafka lays down', () => {
    const [first, second] = [
      { topic: 'posts', key: 'k', value: Buffer.from('v'), headers: { h: 'é' } },
      { topic: 'posts', key: 'é', value: Buffer.alloc(0), headers: {} },
    ];
    const batch = encode([first, second]);
    const records = [
      // Length, attributes, deltas of time and offset; key; value; one header and its name and value.
      '1a 00 00 00 02 6b 02 76 02 02 68 04 c3a9',
      '10 00 00 02 04 c3a9 00 00',
    ];
    const head = [
      '0000000000000000 00000048 ffffffff 02',
      '0000 00000001 000001a0c4506c7b 000001a0c4506c7b',
      '0000000000001b58 0002 00000029 00000002',
    ];
    const hex = (lines: readonly string[]) => lines.join('').replaceAll(' ', '');
    expect(batch.toString('hex', 0, BATCH.checkSum)).toBe(hex(head.slice(0, 1)));
    expect(batch.toString('hex', BATCH.attributes)).toBe(hex([...head.slice(1), ...records]));
    const [decoded] = decodeRecordBatches(batch, PARTITION, 0n);
    expect(decoded).toMatchObject({ firstOffset: 0n, lastOffset: 1n, producerId: 7000n });
    expect(decoded?.records.map(contentOf)).toEqual([contentOf(first), contentOf(second)]);
  });

  it.each([0, 1, 50, 51, 54, 55, 56, 63, 64, 8181, 8182, 8183, 8191, 8192, 2 ** 20])(
    'hold values of %d bytes beside others',
    (size) => {
      const value = Buffer.alloc(size, 0x61);
      const records = [
        { topic: 'posts', key: 'k', value, headers: {} },
        { topic: 'posts', key: 'a'.repeat(Math.min(size, 9000)), value: Buffer.from('v'), headers: {} },
        {
          topic: 'posts',
          key: 'l',
          value: Buffer.from('w'),
          headers: { n: 'ä'.repeat(Math.min(size, 9000)) },
        },
      ];
      const [decoded] = decodeRecordBatches(encode(records), PARTITION, 0n);
      expect(decoded?.records.map(contentOf)).toEqual(records.map(contentOf));
    },
  );

  it('fit into the room that is reckoned for them, whatever their sizes', () => {
    const records = three.map((one) => ({ ...one, headers: { a: 'b', c: 'd' } }));
    const content = records.reduce((sum, one) => sum + recordBytes(one), 0);
    // A varint before each of six parts of a record, and before both parts of each header.
    expect(batchBound(records, content)).toBe(BATCH.records + content + 3 * (6 + 4) * 5);
  });

  it('tell whether they belong to a transaction or end one', () => {
    const flagsOf = (attributes: number) => {
      const batch = encode(three);
      batch.writeInt16BE(attributes, BATCH.attributes);
      const [decoded] = decodeRecordBatches(batch, PARTITION, 0n);
      return [decoded?.isInTransaction, decoded?.isControl];
    };
    expect(flagsOf(0)).toEqual([false, false]);
    expect(flagsOf(ATTRIBUTES.isInTransaction)).toEqual([true, false]);
    expect(flagsOf(ATTRIBUTES.isControl)).toEqual([false, true]);
  });

  it('of another format are refused, with the place', () => {
    const batch = encode(three);
    batch.writeInt8(1, BATCH.magic);
    expect(() => decodeRecordBatches(batch, PARTITION, 0n)).toThrow(
      'posts/3 has records in message format 1; only format 2 can be read',
    );
  });

  it('in a compression that Kafka does not name are refused by its number', () => {
    const batch = encode(three);
    batch.writeInt16BE(7, BATCH.attributes);
    expect(() => decodeRecordBatches(batch, PARTITION, 0n)).toThrow('compressed with 7;');
    batch.writeInt16BE(2, BATCH.attributes);
    expect(() => decodeRecordBatches(batch, PARTITION, 0n)).toThrow('compressed with snappy;');
    batch.writeInt16BE(3, BATCH.attributes);
    expect(() => decodeRecordBatches(batch, PARTITION, 0n)).toThrow('compressed with lz4;');
  });

  it('of other writers may lack keys and values, count time for each record and repeat names of headers', () => {
    const record = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
    const body = Buffer.concat([
      // No key and no value, 5 ms after the first; then no value and a header twice.
      record('0c 00 0a 00 01 01 00'),
      record('20 00 00 02 02 6b 01 04 02 68 02 61 02 68 02 62 00'),
    ]);
    const plain = encode(three);
    const batch = Buffer.concat([plain.subarray(0, BATCH.records), body]);
    batch.writeInt32BE(2, BATCH.count);
    batch.writeInt32BE(batch.length - BATCH.leaderEpoch, BATCH.length);
    const [decoded] = decodeRecordBatches(batch, PARTITION, 0n);
    expect(decoded?.records.map(contentOf)).toEqual([
      { topic: 'posts', key: '', value: '', headers: {} },
      { topic: 'posts', key: 'k', value: '', headers: { h: 'b' } },
    ]);
    expect(decoded?.records.map(({ appendedAt }) => appendedAt.getTime() - ORIGIN.timestampMs)).toEqual([
      5, 0,
    ]);
    expect(decoded?.records.map(({ partition, offset }) => [partition, offset])).toEqual([
      [3, 0n],
      [3, 1n],
    ]);
  });

  it('hold headers that repeat those of the record before, or differ in their last letter, or are empty', () => {
    const headers = [
      { h: 'same' },
      { h: 'same' },
      { h: 'samE' },
      { i: 'samE' },
      { i: '' },
      { i: 'samE', j: '' },
    ];
    const records = headers.map((own) => ({
      topic: 'posts',
      key: 'k',
      value: Buffer.from('v'),
      headers: own,
    }));
    const [decoded] = decodeRecordBatches(encode(records), PARTITION, 0n);
    expect(decoded?.records.map((one) => one.headers)).toEqual(headers);
  });

  it('hold letters on both sides of the end of ASCII', () => {
    const records = ['\u007f', '\u0080', 'a\u0080', '\u{1f525}'].map((key) => ({ ...three[0]!, key }));
    const [decoded] = decodeRecordBatches(encode(records), PARTITION, 0n);
    expect(decoded?.records.map(({ key }) => key)).toEqual(records.map(({ key }) => key));
  });

  it('that cannot be read are refused by the code of a log that refuses', () => {
    const batch = encode(three);
    batch.writeInt16BE(4, BATCH.attributes);
    expect(() => decodeRecordBatches(batch, PARTITION, 0n)).toThrow(
      expect.objectContaining({ code: 'log-refused' }),
    );
    batch.writeInt8(1, BATCH.magic);
    expect(() => decodeRecordBatches(batch, PARTITION, 0n)).toThrow(
      expect.objectContaining({ code: 'log-refused' }),
    );
  });

  it('are all read when several come together', () => {
    const batches = [encode(three), encode(three.slice(0, 1)), encode(three)];
    batches.forEach((batch, n) => batch.writeBigInt64BE(BigInt(10 * n), BATCH.baseOffset));
    const decoded = decodeRecordBatches(Buffer.concat(batches), PARTITION, 1n);
    expect(decoded.map(({ firstOffset, records }) => [firstOffset, records.map(({ key }) => key)])).toEqual([
      [0n, ['b', 'c']],
      [10n, ['a']],
      [20n, ['a', 'b', 'c']],
    ]);
  });
});
