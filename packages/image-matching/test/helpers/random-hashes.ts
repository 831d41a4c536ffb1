import { HASH_BITS, HASH_WORDS, type Hash256 } from '../../pdq/hash256.ts';

/** Numbers in [0, 1) that a seed fixes (mulberry32, by Tommy Ettinger). */
export function randomNumbers(seed: number): () => number {
  let state = (seed * 0x9e3779b9) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function randomHash(seed: number): Hash256 {
  const random = randomNumbers(seed + 1);
  return Uint32Array.from({ length: HASH_WORDS }, () => random() * 2 ** 32);
}

/** Copies a hash with `bits` different bits changed. */
export function withBitsFlipped(hash: Hash256, bits: number, seed: number): Hash256 {
  const random = randomNumbers(seed + 77);
  const places = new Set<number>();
  while (places.size < bits) places.add(Math.floor(random() * HASH_BITS));
  const copy = hash.slice();
  for (const place of places) copy[place >>> 5]! ^= 1 << (place & 31);
  return copy;
}
