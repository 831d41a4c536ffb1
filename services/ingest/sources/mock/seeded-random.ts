import { createHash } from 'node:crypto';

/** Random-looking numbers that are the same for the same seed. */
export interface SeededRandom {
  /** From 0 (inclusive) to 1 (exclusive), in steps of 2⁻³². */
  next(): number;
  /** A whole number from `low` to `high`, both inclusive. */
  integer(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** This many of the list in random order, none of them twice; the whole list if it is shorter. */
  sample<T>(list: readonly T[], count: number): T[];
}

/**
 * A separate generator for each list of parts: draws for one post or picture change nothing for another.
 *
 * The algorithm is sfc32, Chris Doty-Humphrey's "small fast counting" generator (PractRand, public domain), its 128 bits of
 * state filled from SHA-256 of the parts.
 */
export function seededRandom(...parts: readonly (string | number)[]): SeededRandom {
  const digest = createHash('sha256').update(parts.join('\0')).digest();
  let a = digest.readInt32LE(0);
  let b = digest.readInt32LE(4);
  let c = digest.readInt32LE(8);
  let counter = digest.readInt32LE(12);

  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  return {
    next,
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => pickFrom(list, next()),
    sample: (list, count) => sampleFrom(list, count, next),
  };
}

function pickFrom<T>(list: readonly T[], at: number): T {
  const picked = list[Math.floor(at * list.length)];
  if (picked === undefined) throw new RangeError('there is nothing to pick from');
  return picked;
}

function sampleFrom<T>(list: readonly T[], count: number, next: () => number): T[] {
  return list
    .map((one) => ({ one, order: next() }))
    .sort((a, b) => a.order - b.order)
    .slice(0, count)
    .map(({ one }) => one);
}
