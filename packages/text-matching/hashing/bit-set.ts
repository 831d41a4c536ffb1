/** Sets of hashes as bits (a blocked Bloom filter; Putze, Sanders, Singler 2007). A look-up touches memory once and is rarely wrong. */
import { type NumberList } from './number-list.ts';

const BITS_PER_HASH = 16;
const FEWEST_BITS = 2048;
const SPREAD = 0x9e3779b1 | 0;

/** Makes an empty set with room for that many hashes. */
export function emptySet(hashes: number, bitsPerHash = BITS_PER_HASH): Uint32Array {
  let bits = FEWEST_BITS;
  while (bits < hashes * bitsPerHash) bits *= 2;
  return new Uint32Array(bits >>> 5);
}

/** Makes a set of these hashes. */
export function setOf(hashes: NumberList): Uint32Array {
  const set = emptySet(hashes.length);
  for (let at = 0; at < hashes.length; at++) addBits(set, hashes.at(at));
  return set;
}

export function addBits(set: Uint32Array, hash: number): void {
  const mixed = spread(hash);
  set[mixed & (set.length - 1)]! |= bitsOf(mixed);
}

/** False only if the set does not hold the hash; true may be wrong. */
export function hasBits(set: Uint32Array, hash: number): boolean {
  const mixed = spread(hash);
  const bits = bitsOf(mixed);
  return (set[mixed & (set.length - 1)]! & bits) === bits;
}

/** Adds a symbol to a hash. */
export function addSymbol(hash: number, symbol: number): number {
  return (Math.imul(hash, SPREAD) + symbol) | 0;
}

/** Mixes the bits; without it the low bits depend only on the last symbols. */
export function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), SPREAD);
  return mixed ^ (mixed >>> 15);
}

/** The two bits of a hash after {@link spread}, within its word of the set. */
export function bitsOf(mixed: number): number {
  return (1 << (mixed >>> 27)) | (1 << ((mixed >>> 22) & 31));
}
