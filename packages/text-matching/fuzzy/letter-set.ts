/**
 * The symbols from `from` up to `to`, a word, as 32 bits: a set, some letters sharing a bit. An edit changes at most two bits of it, so words whose sets differ
 * in more than twice the limit are farther apart than the limit, and needn't be measured.
 */
export function letterSet(symbols: Int32Array, from: number, to: number): number {
  let set = 0;
  for (let at = from; at < to; at++) set |= 1 << (symbols[at]! & 31);
  return set;
}

/** Whether two sets rule out so few edits. */
export function isFarApart(a: number, b: number, limit: number): boolean {
  return countBits(a ^ b) > 2 * limit;
}

/** Bits that are set, by summing neighbours in parallel (Hacker's Delight, 5-1). */
function countBits(value: number): number {
  let sums = value - ((value >>> 1) & 0x5555_5555);
  sums = (sums & 0x3333_3333) + ((sums >>> 2) & 0x3333_3333);
  return Math.imul((sums + (sums >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
