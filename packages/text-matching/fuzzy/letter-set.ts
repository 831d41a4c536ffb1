/**
 * The set of symbols from `from` up to `to` as 32 bits; some letters share a bit. One edit changes at most two bits.
 * So words whose sets differ in more than twice the limit exceed the limit and need not be measured.
 */
export function letterSet(symbols: Int32Array, from: number, to: number): number {
  let set = 0;
  for (let at = from; at < to; at++) set |= 1 << (symbols[at]! & 31);
  return set;
}

/** True if two sets show that the words differ by more than `limit` edits. */
export function isFarApart(a: number, b: number, limit: number): boolean {
  return countBits(a ^ b) > 2 * limit;
}

/** Counts the bits that are set, summing neighbours in parallel (Hacker's Delight, 5-1). */
function countBits(value: number): number {
  let sums = value - ((value >>> 1) & 0x5555_5555);
  sums = (sums & 0x3333_3333) + ((sums >>> 2) & 0x3333_3333);
  return Math.imul((sums + (sums >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
