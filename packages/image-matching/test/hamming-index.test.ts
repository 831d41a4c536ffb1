import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { HammingIndex } from '../hamming/hamming-index.ts';
import { fromHex, hammingDistance, HASH_WORDS, inverted, toHex, type Hash256 } from '../pdq/hash256.ts';
import { randomHash, withBitsFlipped } from './helpers/random-hashes.ts';

describe('256-bit hashes', () => {
  it('keep their value as hexadecimal', () => {
    const hex = 'f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22';
    expect(toHex(fromHex(hex))).toBe(hex);
    expect(() => fromHex(`${hex.slice(1)}g`)).toThrow(RangeError);
  });

  it('are 256 bits from their negative', () => {
    const hash = randomHash(7);
    expect(hammingDistance(hash, inverted(hash))).toBe(256);
  });
});

describe.each([
  ['linear', 700],
  ['multi-index', 6000],
])('the index when it is %s', (_kind, size) => {
  it('finds what comparing with every hash finds', () => {
    const hashes = Array.from({ length: size }, (_, i) =>
      // Every third is near to one of ten centres, so that there is something to find.
      i % 3 === 0 ? withBitsFlipped(randomHash(i % 30), i % 48, i) : randomHash(1000 + i),
    );
    const index = new HammingIndex();
    hashes.forEach((hash) => index.add(hash));
    for (const radius of [0, 15, 31, 45, 64]) {
      for (let q = 0; q < 30; q++) {
        const query = withBitsFlipped(randomHash(q), q % 5, q);
        const expected = hashes.flatMap((hash, slot) => {
          const distance = hammingDistance(hash, query);
          return distance <= radius ? [`${slot}:${distance}`] : [];
        });
        expect(search(index, query, radius)).toEqual(expected.toSorted());
      }
    }
  });

  it('forgets what is removed and nothing else, and uses the room again', () => {
    const index = new HammingIndex();
    const centre = randomHash(1);
    const live = new Map<number, Hash256>();
    for (let i = 0; i < size; i++) {
      const hash = withBitsFlipped(centre, i % 40, i);
      live.set(index.add(hash), hash);
    }
    for (let round = 0; round < 3; round++) {
      for (const slot of [...live.keys()].filter((key) => key % 3 === round)) {
        index.remove(slot);
        live.delete(slot);
      }
      for (let i = 0; i < 50; i++) {
        const hash = withBitsFlipped(centre, i % 40, size * (round + 1) + i);
        live.set(index.add(hash), hash);
      }
    }
    expect(index.size).toBe(live.size);
    const expected = [...live].flatMap(([slot, hash]) => {
      const distance = hammingDistance(hash, centre);
      return distance <= 31 ? [`${slot}:${distance}`] : [];
    });
    expect(search(index, centre, 31)).toEqual(expected.toSorted());
    expect(Math.max(...live.keys())).toBeLessThan(size);
  });
});

it('finds any hash with at most 31 bits flipped, and says how many', () => {
  const index = new HammingIndex();
  for (let i = 0; i < 5000; i++) index.add(randomHash(i));
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4999 }),
      fc.integer({ min: 0, max: 31 }),
      fc.nat(),
      (of, bits, seed) => {
        expect(search(index, withBitsFlipped(randomHash(of), bits, seed), 31)).toContain(`${of}:${bits}`);
      },
    ),
  );
});

it('refuses to remove what is not there', () => {
  const index = new HammingIndex();
  const slot = index.add(new Uint32Array(HASH_WORDS));
  index.remove(slot);
  expect(() => index.remove(slot)).toThrow(RangeError);
});

function search(index: HammingIndex, hash: Hash256, radius: number): string[] {
  const found: string[] = [];
  index.search(hash, radius, (slot, distance) => found.push(`${slot}:${distance}`));
  return found.toSorted();
}
