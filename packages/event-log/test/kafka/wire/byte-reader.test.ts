import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader } from '../../../kafka/wire/byte-reader.ts';

function reader(...bytes: number[]): ByteReader {
  return new ByteReader(Buffer.from(bytes));
}

describe('numbers are read one after another, the highest byte first', () => {
  it('of 16, 32 and 64 bits, with their sign', () => {
    const one = reader(0x01, 0x02, 0xff, 0xff, 0xff, 0xfe, 0, 0, 0, 0, 0, 0, 1, 0, 0x7f);
    expect([one.int16(), one.int32(), one.int64()]).toEqual([0x0102, -2, 256n]);
    expect(one.at).toBe(14);
  });

  it('from a place in the middle', () => {
    expect(new ByteReader(Buffer.from([9, 9, 0, 7]), 2).int16()).toBe(7);
  });

  it('and not past the end', () => {
    expect(() => reader(0).int16()).toThrow(RangeError);
    expect(() => reader(0, 0, 0).int32()).toThrow(RangeError);
    expect(() => reader(0, 0, 0, 0, 0, 0, 0).int64()).toThrow(RangeError);
  });
});

describe('what has a length before it', () => {
  it('is read as far as that, and no further', () => {
    const one = reader(0, 3, 0x61, 0xc3, 0xa9, 0, 0, 0, 2, 8, 9, 7);
    expect(one.string()).toBe('aé');
    expect([...one.buffer()]).toEqual([8, 9]);
    expect(one.at).toBe(11);
  });

  it('is empty where it is null', () => {
    expect(reader(0xff, 0xff, 0xff, 0xff, 5).buffer()).toHaveLength(0);
    expect(reader(0xff, 0xff, 0xff, 0xff, 5).array(() => 1)).toEqual([]);
    expect(reader(0, 0, 0, 0, 5).array(() => 1)).toEqual([]);
  });

  it('may be a list', () => {
    const one = reader(0, 0, 0, 2, 0, 1, 0, 2, 0, 3);
    expect(one.array(() => one.int16())).toEqual([1, 2]);
    expect(one.int16()).toBe(3);
  });
});

describe('zigzag varints', () => {
  it.each([
    [[0], 0],
    [[1], -1],
    [[2], 1],
    [[0x7f], -64],
    [[0x80, 0x01], 64],
    [[0xff, 0xff, 0xff, 0xff, 0x0f], -2_147_483_648],
  ])('%j: %i', (bytes, value) => {
    const one = reader(...bytes, 0x55);
    expect(one.varint()).toBe(value);
    expect(one.at).toBe(bytes.length);
  });

  it('are exact from −2⁵² to 2⁵² − 1', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 52), max: 2 ** 52 - 1 }), (value) => {
        const zigzag = value < 0 ? -2n * BigInt(value) - 1n : 2n * BigInt(value);
        const bytes: number[] = [];
        for (let left = zigzag; ; left >>= 7n) {
          bytes.push(Number(left & 0x7fn) | (left > 0x7fn ? 0x80 : 0));
          if (left <= 0x7fn) break;
        }
        expect(reader(...bytes).varint()).toBe(value);
      }),
    );
  });

  it('that break off are refused', () => {
    expect(() => reader(0x80, 0x80).varint()).toThrow('ends in the middle of a number');
  });
});
