/**
 * Which symbols a key may begin with, as bits. Of most places in a text it says at the third symbol, of most others at the sixth, that no
 * key begins there, from a few kilobytes that stay in the cache.
 */
import { type FoldedText } from '../fold/folded-text.ts';
import * as s from '../fold/symbol-flags.ts';

export interface PrefixFilter {
  /** Hashes of the first three symbols of all keys, and of those keys that have less than six. */
  readonly three: Uint32Array;
  readonly threeOfShort: Uint32Array;
  /** Hashes of the first six symbols. */
  readonly six: Uint32Array;
  /** First symbols of keys that have less than three. */
  readonly oneOfShort: Uint32Array;
}

/** Signs between letters that may hide some. */
export const MASKS = s.AFTER_JOINER | s.AFTER_CLAUSE | s.AFTER_PICTURE | s.AFTER_SIGN | s.AFTER_TAG;
/** Where these stand too, the signs hide nothing. */
export const NO_MASK = s.AFTER_SPACE | s.AFTER_LINE | s.AFTER_NOTHING;
export const BRANCHES = s.AMBIGUOUS | s.SOFT;

const THREE = 3;
const SIX = 6;
const BITS_PER_KEY = 16;
/** A letter stretched so far is left to the walk. */
const LONGEST_LOOK = 40;

export function buildPrefixFilter(keys: readonly Int32Array[]): PrefixFilter {
  let bits = 2048;
  while (bits < keys.length * BITS_PER_KEY) bits *= 2;
  const filter = {
    three: new Uint32Array(bits >>> 5),
    threeOfShort: new Uint32Array(bits >>> 5),
    six: new Uint32Array(bits >>> 5),
    oneOfShort: new Uint32Array(bits >>> 5),
  };
  for (const key of keys) {
    if (key.length < THREE) setBit(filter.oneOfShort, hashOf(key, 1));
    else setBit(filter.three, hashOf(key, THREE));
    if (key.length >= SIX) setBit(filter.six, hashOf(key, SIX));
    else if (key.length >= THREE) setBit(filter.threeOfShort, hashOf(key, THREE));
  }
  return filter;
}

/** Whether a key may begin at a symbol of the text. Ambiguous symbols and masks may be anything, so they say yes. */
export function mayStartAt(text: FoldedText, start: number, filter: PrefixFilter): boolean {
  const { symbols, flags } = text;
  if ((flags[start]! & BRANCHES) !== 0) return true;
  let last = symbols[start]!;
  let hash = addSymbol(0, last);
  if (hasBit(filter.oneOfShort, hash)) return true;
  let count = 1;
  for (let at = start + 1; at < start + LONGEST_LOOK; at++) {
    const own = flags[at]!;
    if ((own & BRANCHES) !== 0 || ((own & MASKS) !== 0 && (own & NO_MASK) === 0)) return true;
    const symbol = symbols[at]!;
    if (symbol === last) continue;
    // Past the end of the text stands 0: only a short key may still fit, and those have been asked.
    if (symbol === 0) return false;
    hash = addSymbol(hash, symbol);
    last = symbol;
    count++;
    if (count === THREE) {
      if (hasBit(filter.threeOfShort, hash)) return true;
      if (!hasBit(filter.three, hash)) return false;
    } else if (count === SIX) {
      return hasBit(filter.six, hash);
    }
  }
  return true;
}

function hashOf(key: Int32Array, length: number): number {
  let hash = 0;
  for (let at = 0; at < length; at++) hash = addSymbol(hash, key[at]!);
  return hash;
}

function addSymbol(hash: number, symbol: number): number {
  const mixed = Math.imul(hash ^ symbol, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

function setBit(bits: Uint32Array, hash: number): void {
  const bit = hash & (bits.length * 32 - 1);
  bits[bit >>> 5]! |= 1 << (bit & 31);
}

function hasBit(bits: Uint32Array, hash: number): boolean {
  const bit = hash & (bits.length * 32 - 1);
  return (bits[bit >>> 5]! & (1 << (bit & 31))) !== 0;
}
