import { describe, expect, it } from 'vitest';
import { murmur2, partitionOf } from '../../port/partitioner.ts';

describe('murmur2', () => {
  // Published vectors: UtilsTest.testMurmur2 of Apache Kafka.
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('hashes %s as Kafka does', (text, expected) => {
    expect(murmur2(Buffer.from(text))).toBe(expected);
  });

  it('reads a view at any place of its buffer', () => {
    const padded = Buffer.from('xyzfoobar');
    expect(murmur2(padded.subarray(3))).toBe(-790332482);
  });
});

describe('partitionOf', () => {
  it('clears the sign bit before the modulo', () => {
    expect(partitionOf('foobar', 12)).toBe((-790332482 & 0x7fffffff) % 12);
  });

  it('spreads keys over every partition', () => {
    const seen = new Set(Array.from({ length: 500 }, (_, index) => partitionOf(`creator-${index}`, 12)));
    expect(seen.size).toBe(12);
  });
});
