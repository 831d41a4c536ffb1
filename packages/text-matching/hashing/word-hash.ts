/** Hashes of words, over folded symbols with repeats collapsed: `sooo` hashes as `so`. 32 bits, never 0. */

export const HASH_START = 0x811c9dc5 | 0;

/** Adds one symbol. */
export function hashSymbol(hash: number, symbol: number): number {
  return Math.imul(hash ^ symbol, 0x01000193) ^ (hash >>> 15);
}

/** Mixes the bits at the end of the word. */
export function finishHash(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  mixed ^= mixed >>> 16;
  return mixed === 0 ? 1 : mixed;
}

/** The hash of the symbols from `from` up to `to`. */
export function hashWord(symbols: Int32Array, from: number, to: number): number {
  let hash = HASH_START;
  let last = 0;
  for (let at = from; at < to; at++) {
    const symbol = symbols[at]!;
    if (symbol !== last) hash = hashSymbol(hash, symbol);
    last = symbol;
  }
  return finishHash(hash);
}

/** The hash of the symbols read backwards. */
export function hashReversed(symbols: Int32Array, from: number, to: number): number {
  let hash = HASH_START;
  let last = 0;
  for (let at = to - 1; at >= from; at--) {
    const symbol = symbols[at]!;
    if (symbol !== last) hash = hashSymbol(hash, symbol);
    last = symbol;
  }
  return finishHash(hash);
}
