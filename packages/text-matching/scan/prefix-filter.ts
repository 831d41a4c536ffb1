/**
 * Which symbols a key may begin with, as bits. Of most places in a text it says at the sixth symbol, of most others at the ninth, that no
 * key begins there, from a few kilobytes that stay in the cache. It follows a sign or a digit that may stand for a letter as the walk
 * does, so that it never refuses what the walk would find.
 */
import { alternativesOf } from '../fold/fold-table.ts';
import { type FoldedText } from '../fold/folded-text.ts';
import * as s from '../fold/symbol-flags.ts';
import { maskLength, mayHide } from './mask-length.ts';

export interface PrefixFilter {
  /** Of the first two and the first three symbols of all keys: they end most readings of a number. */
  readonly few: Uint32Array;
  /** Of whole keys that have less than six symbols, also with any but the first left open. */
  readonly shortest: Uint32Array;
  /** Which lengths those have: bit 1 for one symbol. */
  readonly shortestLengths: number;
  /** Of all other keys. */
  readonly exact: PrefixSets;
  /** Of the same with any one symbol but the first left open. */
  readonly open: PrefixSets;
}

/** Sets of hashes as bits. */
interface PrefixSets {
  readonly six: Uint32Array;
  /** Whole keys of six to eight. */
  readonly whole: Uint32Array;
  readonly nine: Uint32Array;
}

const SIX = 6;
const NINE = 9;
const BITS_PER_HASH = 16;
/** So many beginnings of two or three symbols are room enough for any alphabet. */
const FEW = 1 << 12;
const FEWEST_BITS = 2048;
/** Stands for a symbol that is left open. */
const OPEN = -1;
const NONE = -1;
const NO = 0;
const YES = 1;
const UNDECIDED = 2;
/** A letter stretched so far is left to the walk. */
const LONGEST_LOOK = 40;
/** So many ways of reading a start are tried; where there are more, the walk decides. */
const MOST_READINGS = 32;
const SPREAD = 0x9e3779b1 | 0;
// A constant of the file is a constant to the compiler; an imported one is read anew at each use.
const { MASKS, BRANCHES, SOFT } = s;
const UNPLAIN = BRANCHES | MASKS;

let readingsLeft = 0;

export function buildPrefixFilter(keys: readonly Int32Array[]): PrefixFilter {
  const shortest = keys.filter((key) => key.length < SIX);
  const longer = keys.filter((key) => key.length >= SIX);
  const filter = {
    few: emptySet(FEW),
    shortest: emptySet(shortest.length * SIX),
    shortestLengths: shortest.reduce((lengths, key) => lengths | (1 << key.length), 0),
    exact: emptySets(longer, false),
    open: emptySets(longer, true),
  };
  for (const key of keys) {
    if (key.length >= 2) addBits(filter.few, hashOf(key, 2, NONE));
    if (key.length >= 3) addBits(filter.few, hashOf(key, 3, NONE));
  }
  for (const key of shortest) {
    addBits(filter.shortest, hashOf(key, key.length, NONE));
    addOpen(filter.shortest, key, key.length);
  }
  for (const key of longer) {
    const most = key.length < NINE ? 'whole' : 'nine';
    const length = Math.min(key.length, NINE);
    addBits(filter.exact.six, hashOf(key, SIX, NONE));
    addBits(filter.exact[most], hashOf(key, length, NONE));
    addOpen(filter.open.six, key, SIX);
    addOpen(filter.open[most], key, length);
  }
  return filter;
}

function emptySets(keys: readonly Int32Array[], isOpen: boolean): PrefixSets {
  const whole = keys.filter((key) => key.length < NINE).length;
  return {
    six: emptySet(keys.length * (isOpen ? SIX - 1 : 1)),
    whole: emptySet(whole * (isOpen ? NINE - 2 : 1)),
    nine: emptySet((keys.length - whole) * (isOpen ? NINE - 1 : 1)),
  };
}

/** Writes to `passed` those starts of the text that a key may begin at; returns how many. */
export function filterStarts(text: FoldedText, filter: PrefixFilter, passed: Int32Array): number {
  const { symbols, flags, starts, startCount } = text;
  const { shortestLengths } = filter;
  const { six } = filter.exact;
  const words = six.length - 1;
  let count = 0;
  for (let index = 0; index < startCount; index++) {
    const start = starts[index]!;
    const a = symbols[start]!;
    const b = symbols[start + 1]!;
    const c = symbols[start + 2]!;
    const d = symbols[start + 3]!;
    const e = symbols[start + 4]!;
    const f = symbols[start + 5]!;
    const others =
      flags[start + 1]! | flags[start + 2]! | flags[start + 3]! | flags[start + 4]! | flags[start + 5]!;
    const arePlain = ((flags[start]! & BRANCHES) | (others & UNPLAIN)) === 0;
    readingsLeft = MOST_READINGS;
    // Most starts are plain and end here. Past the end of the text stands what no key holds.
    if (arePlain && a !== b && b !== c && c !== d && d !== e && e !== f) {
      const two = (Math.imul(a, SPREAD) + b) | 0;
      const three = (Math.imul(two, SPREAD) + c) | 0;
      const four = (Math.imul(three, SPREAD) + d) | 0;
      const five = (Math.imul(four, SPREAD) + e) | 0;
      const hash = (Math.imul(five, SPREAD) + f) | 0;
      const mixed = spread(hash);
      const bits = bitsOf(mixed);
      const isPrefix = (six[mixed & words]! & bits) === bits;
      if (
        (isPrefix && mayGoOn(text, start + SIX, hash, f, SIX, false, filter)) ||
        (shortestLengths !== 0 && isShortest(filter, a, two, three, four, five))
      ) {
        passed[count++] = start;
      }
    } else if (mayGoOn(text, start, 0, 0, 0, false, filter)) {
      passed[count++] = start;
    }
  }
  return count;
}

/** Whether the first one to five symbols are a whole key. */
function isShortest(
  filter: PrefixFilter,
  one: number,
  two: number,
  three: number,
  four: number,
  five: number,
): boolean {
  const { shortest, shortestLengths } = filter;
  return (
    ((shortestLengths & 32) !== 0 && hasBits(shortest, five)) ||
    ((shortestLengths & 16) !== 0 && hasBits(shortest, four)) ||
    ((shortestLengths & 8) !== 0 && hasBits(shortest, three)) ||
    ((shortestLengths & 4) !== 0 && hasBits(shortest, two)) ||
    ((shortestLengths & 2) !== 0 && hasBits(shortest, one))
  );
}

/** Whether a key may begin with what was read so far and goes on with the text from a symbol on, in any of the ways to read it. */
function mayGoOn(
  text: FoldedText,
  from: number,
  hashBefore: number,
  lastBefore: number,
  countBefore: number,
  isOpen: boolean,
  filter: PrefixFilter,
): boolean {
  if (readingsLeft-- === 0) return true;
  const { symbols, flags } = text;
  const sets = isOpen ? filter.open : filter.exact;
  let hash = hashBefore;
  let last = lastBefore;
  let count = countBefore;
  if (count > 0) {
    const verdict = judge(hash, count, isOpen, sets, filter);
    if (verdict !== UNDECIDED) return verdict === YES;
  }
  for (let at = from; at < from + LONGEST_LOOK; at++) {
    const own = flags[at]!;
    if (count > 0 && mayHide(own)) {
      const hidden = maskLength(text, at);
      if (hidden > 1 || (hidden === 1 && isOpen)) return true;
      if (hidden === 1 && mayGoOn(text, at, addSymbol(hash, OPEN), OPEN, count + 1, true, filter))
        return true;
    }
    const symbol = symbols[at]!;
    // Past the end of the text: only a whole key may still fit, and those have been asked.
    if (symbol === 0) return false;
    if ((own & BRANCHES) !== 0) {
      const isSign = (own & SOFT) !== 0;
      if (isSign && count > 0) {
        if (isOpen || mayGoOn(text, at + 1, addSymbol(hash, OPEN), OPEN, count + 1, true, filter))
          return true;
      } else {
        const alternatives = alternativesOf(text.pointAt(at));
        for (let index = 0; index < alternatives.length; index++) {
          const other = alternatives[index]!;
          const isRepeat = other === last;
          const next = isRepeat ? hash : addSymbol(hash, other);
          if (mayGoOn(text, at + 1, next, other, isRepeat ? count : count + 1, isOpen, filter)) return true;
        }
      }
      if (isSign && count === 0 && (flags[at + 1]! & SOFT) === 0) return false;
      if (isSign) continue;
    }
    if (symbol === last) continue;
    hash = addSymbol(hash, symbol);
    last = symbol;
    count++;
    const verdict = judge(hash, count, isOpen, sets, filter);
    if (verdict !== UNDECIDED) return verdict === YES;
  }
  return true;
}

/** What so many symbols tell. */
function judge(hash: number, count: number, isOpen: boolean, sets: PrefixSets, filter: PrefixFilter): number {
  if (count === NINE) return hasBits(sets.nine, hash) ? YES : NO;
  // A symbol that was left open later is none of the first six.
  if (count > SIX) return hasBits(sets.whole, hash) ? YES : UNDECIDED;
  if (count === SIX) {
    if (!hasBits(sets.six, hash)) return NO;
    return hasBits(sets.whole, hash) ? YES : UNDECIDED;
  }
  if ((filter.shortestLengths & (1 << count)) !== 0 && hasBits(filter.shortest, hash)) return YES;
  return !isOpen && (count === 2 || count === 3) && !hasBits(filter.few, hash) ? NO : UNDECIDED;
}

/** Enters a key's first symbols with each but the first left open. */
function addOpen(set: Uint32Array, key: Int32Array, length: number): void {
  for (let open = 1; open < length; open++) addBits(set, hashOf(key, length, open));
}

/** The hash of a key's first symbols, the one at `open` left open. */
function hashOf(key: Int32Array, length: number, open: number): number {
  let hash = 0;
  for (let at = 0; at < length; at++) hash = addSymbol(hash, at === open ? OPEN : key[at]!);
  return hash;
}

function addSymbol(hash: number, symbol: number): number {
  return (Math.imul(hash, SPREAD) + symbol) | 0;
}

function emptySet(hashes: number): Uint32Array {
  let bits = FEWEST_BITS;
  while (bits < hashes * BITS_PER_HASH) bits *= 2;
  return new Uint32Array(bits >>> 5);
}

/** Two bits of one number: a look that touches memory once and errs seldom (a blocked Bloom filter; Putze, Sanders, Singler 2007). */
function addBits(set: Uint32Array, hash: number): void {
  const mixed = spread(hash);
  set[mixed & (set.length - 1)]! |= bitsOf(mixed);
}

function hasBits(set: Uint32Array, hash: number): boolean {
  const mixed = spread(hash);
  const bits = bitsOf(mixed);
  return (set[mixed & (set.length - 1)]! & bits) === bits;
}

/** Without it the low bits would be those of the last symbols. */
function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), SPREAD);
  return mixed ^ (mixed >>> 15);
}

function bitsOf(mixed: number): number {
  return (1 << (mixed >>> 27)) | (1 << ((mixed >>> 22) & 31));
}
