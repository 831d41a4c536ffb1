/** Sets of hashes as bits: a look touches memory once and errs seldom (a blocked Bloom filter; Putze, Sanders, Singler 2007). */

const BITS_PER_HASH = 16;
const FEWEST_BITS = 2048;
const SPREAD = 0x9e3779b1 | 0;

/** Room for so many hashes. */
export function emptySet(hashes: number, bitsPerHash = BITS_PER_HASH): Uint32Array {
  let bits = FEWEST_BITS;
  while (bits < hashes * bitsPerHash) bits *= 2;
  return new Uint32Array(bits >>> 5);
}

export function addBits(set: Uint32Array, hash: number): void {
  const mixed = spread(hash);
  set[mixed & (set.length - 1)]! |= bitsOf(mixed);
}

/** False where the set does not hold the hash; true may be wrong. */
export function hasBits(set: Uint32Array, hash: number): boolean {
  const mixed = spread(hash);
  const bits = bitsOf(mixed);
  return (set[mixed & (set.length - 1)]! & bits) === bits;
}

/** The hash of symbols and one more. */
export function addSymbol(hash: number, symbol: number): number {
  return (Math.imul(hash, SPREAD) + symbol) | 0;
}

/** Without it the low bits would be those of the last symbols. */
export function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), SPREAD);
  return mixed ^ (mixed >>> 15);
}

/** The two bits of a hash, {@link spread}, in its word of the set. */
export function bitsOf(mixed: number): number {
  return (1 << (mixed >>> 27)) | (1 << ((mixed >>> 22) & 31));
}
