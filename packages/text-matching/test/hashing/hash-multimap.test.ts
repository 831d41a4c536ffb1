import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bucketBegin, bucketEnd, HashMultimapBuilder, isAt, mayHold } from '../../hashing/hash-multimap.ts';

/** Entries that make many buckets: their hashes are not among those that are asked. */
const OTHERS = 200_000;
const FIRST_OTHER = 0x4000_0000;

it.each([0, OTHERS])(
  'gives the values of a hash in the order in which they came, and no other, beside %i others',
  (others) => {
    // Hashes that share a bucket, and hashes that share their high half.
    const hash = fc.oneof(
      fc.integer({ min: 0, max: 3 }).map((high) => (high << 16) | 7),
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: -0x4000_0000, max: 0x3fff_ffff }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(hash, fc.nat()), { maxLength: 200 }), hash, (entries, other) => {
        const builder = new HashMultimapBuilder();
        for (const [key, value] of entries) builder.add(key, value);
        for (let at = 0; at < others; at++) builder.add(FIRST_OTHER + at, -1);
        const map = builder.build();
        for (const asked of [other, ...entries.map(([key]) => key)]) {
          const found: number[] = [];
          for (let slot = bucketBegin(map, asked); slot < bucketEnd(map, asked); slot++) {
            if (isAt(map, slot, asked)) found.push(map.values[slot]!);
          }
          expect(found).toEqual(entries.flatMap(([key, value]) => (key === asked ? [value] : [])));
          if (found.length > 0) expect(mayHold(map, asked)).toBe(true);
        }
      }),
      { numRuns: others === 0 ? 100 : 10 },
    );
  },
);
