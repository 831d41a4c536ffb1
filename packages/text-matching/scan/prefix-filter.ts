/**
 * Which symbols a key may begin with, as bits. Of most places in a text it says at the fourth symbol, of most others at the sixth, ninth or
 * twelfth, that no key begins there, from a few kilobytes that stay in the cache. It follows a sign or a digit that may stand for a letter
 * as the walk does, so that it never refuses what the walk would find.
 */
import { alternativesOf } from '../fold/fold-table.ts';
import { type FoldedText } from '../fold/folded-text.ts';
import * as s from '../fold/symbol-flags.ts';
import { maskLength } from './mask-length.ts';

export interface PrefixFilter {
  /** Of the first two and the first three symbols of all keys: they end most readings of a number. */
  readonly few: Uint32Array;
  /** Of the first four symbols of all keys that have so many. */
  readonly four: Uint32Array;
  /** Beginnings that lately were refused in all the ways to read them ({@link beginningOf}): years, common words as hashtags. */
  readonly refused: Int32Array;
  /** Of the first six symbols of those keys that end before the ninth. */
  readonly endingSix: Uint32Array;
  /** Of whole keys that have less than six symbols. */
  readonly shortest: Uint32Array;
  /** Of the same with any but the first left open. */
  readonly shortestOpen: Uint32Array;
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
  readonly nine: Uint32Array;
  /** Empty where symbols are left open: nine of them are enough there. */
  readonly twelve: Uint32Array;
  /** Whole keys that are too short for the longest of these. */
  readonly whole: Uint32Array;
}

const FOUR = 4;
const SIX = 6;
const NINE = 9;
const TWELVE = 12;
const BITS_PER_HASH = 16;
/** Every start asks for the shortest keys, and there are few of them. */
const BITS_PER_SHORTEST = 64;
/** So many beginnings of two or three symbols are room enough for any alphabet. */
const FEW = 1 << 12;
const FEWEST_BITS = 2048;
const REFUSED = 1 << 14;
/** Lengths of one to three symbols, and of four and five, as bits. */
const TINY = 0b1110;
const SHORT = 0b110000;
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
const { AMBIGUOUS, BRANCHES, MAY_HIDE, SOFT } = s;
const UNPLAIN = BRANCHES | MAY_HIDE;
/** Its readings are those of another character than the one it was folded to. */
const UNTOLD = s.COMPAT | s.CONFUSABLE | s.DIACRITIC | s.ESCAPED | s.FOREIGN | s.TURNED | s.CONTINUED;
const ASCII = 0x7f;
/** Takes {@link AMBIGUOUS} of the first symbol to bit 28. */
const DOUBTFUL_SHIFT = 25;

let readingsLeft = 0;
/** The last symbol that was looked at. */
let furthest = 0;

export function buildPrefixFilter(keys: readonly Int32Array[]): PrefixFilter {
  const shortest = keys.filter((key) => key.length < SIX);
  const longer = keys.filter((key) => key.length >= SIX);
  const filter = {
    few: emptySet(FEW),
    four: emptySet(countDistinct(keys, FOUR)),
    refused: new Int32Array(REFUSED),
    endingSix: emptySet(longer.filter((key) => key.length < NINE).length),
    shortest: emptySet(shortest.length, BITS_PER_SHORTEST),
    shortestOpen: emptySet(shortest.length * SIX),
    shortestLengths: shortest.reduce((lengths, key) => lengths | (1 << key.length), 0),
    exact: emptySets(longer, TWELVE, false),
    open: emptySets(longer, NINE, true),
  };
  for (const key of keys) {
    if (key.length >= 2) addBits(filter.few, hashOf(key, 2, NONE));
    if (key.length >= 3) addBits(filter.few, hashOf(key, 3, NONE));
    if (key.length >= FOUR) addBits(filter.four, hashOf(key, FOUR, NONE));
  }
  for (const key of shortest) {
    addBits(filter.shortest, hashOf(key, key.length, NONE));
    addOpen(filter.shortestOpen, key, key.length);
  }
  for (const key of longer) {
    const { exact, open } = filter;
    addBits(exact.six, hashOf(key, SIX, NONE));
    addOpen(open.six, key, SIX);
    if (key.length >= NINE) {
      addBits(exact.nine, hashOf(key, NINE, NONE));
      addOpen(open.nine, key, NINE);
    } else {
      addOpen(open.whole, key, key.length);
      addBits(filter.endingSix, hashOf(key, SIX, NONE));
    }
    if (key.length >= TWELVE) addBits(exact.twelve, hashOf(key, TWELVE, NONE));
    else addBits(exact.whole, hashOf(key, key.length, NONE));
  }
  return filter;
}

/** @param longest - symbols that the longest prefixes have */
function emptySets(keys: readonly Int32Array[], longest: number, isOpen: boolean): PrefixSets {
  const ways = (length: number) => (isOpen ? length - 1 : 1);
  const atLeast = (length: number) => keys.filter((key) => key.length >= length).length;
  return {
    six: emptySet(countDistinct(keys, SIX) * ways(SIX)),
    nine: emptySet(atLeast(NINE) * ways(NINE)),
    twelve: emptySet(longest === TWELVE ? atLeast(TWELVE) : 0),
    whole: emptySet((keys.length - atLeast(longest)) * ways(longest - 1)),
  };
}

/** How many different first symbols keys of at least so many have: they stand in order. */
function countDistinct(sorted: readonly Int32Array[], length: number): number {
  let count = 0;
  let before: Int32Array | undefined;
  for (const key of sorted) {
    if (key.length < length) continue;
    let at = 0;
    while (before !== undefined && at < length && before[at] === key[at]) at++;
    if (at < length) count++;
    before = key;
  }
  return count;
}

/** Writes to `passed` those starts of the text that a key may begin at; returns how many. */
export function filterStarts(text: FoldedText, filter: PrefixFilter, passed: Int32Array): number {
  const { symbols, flags, starts, startCount } = text;
  const { four } = filter;
  const mask = four.length - 1;
  const hasTiny = (filter.shortestLengths & TINY) !== 0;
  let count = 0;
  for (let index = 0; index < startCount; index++) {
    const start = starts[index]!;
    const a = symbols[start]!;
    const b = symbols[start + 1]!;
    const c = symbols[start + 2]!;
    const d = symbols[start + 3]!;
    const others = flags[start + 1]! | flags[start + 2]! | flags[start + 3]!;
    if (((flags[start]! & BRANCHES) | (others & UNPLAIN)) !== 0 || a === b || b === c || c === d) {
      if (mayBegin(text, start, filter)) passed[count++] = start;
      continue;
    }
    // Most starts are plain and end here. Past the end of the text stands what no key holds.
    const two = (Math.imul(a, SPREAD) + b) | 0;
    const three = (Math.imul(two, SPREAD) + c) | 0;
    const hash = (Math.imul(three, SPREAD) + d) | 0;
    const mixed = spread(hash);
    const bits = bitsOf(mixed);
    if ((four[mixed & mask]! & bits) === bits ? mayGoOnPlainly(text, start, hash, filter) : false) {
      passed[count++] = start;
    } else if (hasTiny && isTiny(filter, a, two, three)) {
      passed[count++] = start;
    }
  }
  return count;
}

/** Whether a key may begin with four plain symbols and the next ones. */
function mayGoOnPlainly(text: FoldedText, start: number, four: number, filter: PrefixFilter): boolean {
  const { symbols, flags } = text;
  readingsLeft = MOST_READINGS;
  const d = symbols[start + 3]!;
  const e = symbols[start + 4]!;
  const f = symbols[start + 5]!;
  if (((flags[start + 4]! | flags[start + 5]!) & UNPLAIN) !== 0 || d === e || e === f) {
    return mayGoOn(text, start + FOUR, four, d, FOUR, false, filter);
  }
  const five = (Math.imul(four, SPREAD) + e) | 0;
  if ((filter.shortestLengths & SHORT) !== 0 && isShort(filter, four, five)) return true;
  const six = (Math.imul(five, SPREAD) + f) | 0;
  if (!hasBits(filter.exact.six, six)) return false;
  const g = symbols[start + 6]!;
  const h = symbols[start + 7]!;
  const i = symbols[start + 8]!;
  const others = flags[start + 6]! | flags[start + 7]! | flags[start + 8]!;
  if ((others & UNPLAIN) !== 0 || f === g || g === h || h === i || hasBits(filter.endingSix, six)) {
    return mayGoOn(text, start + SIX, six, f, SIX, false, filter);
  }
  const seven = (Math.imul(six, SPREAD) + g) | 0;
  const nine = (Math.imul((Math.imul(seven, SPREAD) + h) | 0, SPREAD) + i) | 0;
  return hasBits(filter.exact.nine, nine) && mayGoOn(text, start + NINE, nine, i, NINE, false, filter);
}

/** Whether a key may begin at a start that has repeats, or signs or digits that may stand for letters. */
function mayBegin(text: FoldedText, start: number, filter: PrefixFilter): boolean {
  const { refused } = filter;
  const beginning = beginningOf(text, start);
  const slot = (Math.imul(beginning, SPREAD) >>> 16) & (REFUSED - 1);
  if (beginning !== 0 && refused[slot] === beginning) return false;
  readingsLeft = MOST_READINGS;
  furthest = 0;
  if (mayGoOn(text, start, 0, 0, 0, false, filter)) return true;
  if (furthest < start + FOUR) refused[slot] = beginning;
  return false;
}

/** Four ASCII symbols as one number, with which of them may stand for others; 0 where that is not all that there is to know of them. */
function beginningOf({ symbols, flags }: FoldedText, at: number): number {
  const a = symbols[at]!;
  const b = symbols[at + 1]!;
  const c = symbols[at + 2]!;
  const d = symbols[at + 3]!;
  const first = flags[at]!;
  const second = flags[at + 1]!;
  const third = flags[at + 2]!;
  const fourth = flags[at + 3]!;
  if (((a | b | c | d) & ~ASCII) !== 0 || ((first | second | third | fourth) & UNTOLD) !== 0) return 0;
  if (((second | third | fourth) & MAY_HIDE) !== 0) return 0;
  const doubtful =
    (first & AMBIGUOUS) |
    ((second & AMBIGUOUS) << 1) |
    ((third & AMBIGUOUS) << 2) |
    ((fourth & AMBIGUOUS) << 3);
  return (doubtful << DOUBTFUL_SHIFT) | (a << 21) | (b << 14) | (c << 7) | d;
}

/** Whether the first one to three symbols are a whole key. */
function isTiny(filter: PrefixFilter, one: number, two: number, three: number): boolean {
  const { shortest, shortestLengths } = filter;
  return (
    ((shortestLengths & 8) !== 0 && hasBits(shortest, three)) ||
    ((shortestLengths & 4) !== 0 && hasBits(shortest, two)) ||
    ((shortestLengths & 2) !== 0 && hasBits(shortest, one))
  );
}

/** Whether the first four or five symbols are a whole key. */
function isShort({ shortest, shortestLengths }: PrefixFilter, four: number, five: number): boolean {
  return (
    ((shortestLengths & 16) !== 0 && hasBits(shortest, four)) ||
    ((shortestLengths & 32) !== 0 && hasBits(shortest, five))
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
    if (at > furthest) furthest = at;
    if (count > 0 && (own & MAY_HIDE) !== 0) {
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
  if (count < SIX) {
    const { shortest, shortestOpen, shortestLengths } = filter;
    if ((shortestLengths & (1 << count)) !== 0 && hasBits(isOpen ? shortestOpen : shortest, hash)) return YES;
    if (isOpen || count === 1 || count === 5) return UNDECIDED;
    return hasBits(count === FOUR ? filter.four : filter.few, hash) ? UNDECIDED : NO;
  }
  if (count === SIX && !hasBits(sets.six, hash)) return NO;
  // The first nine were asked before one was left open.
  if (isOpen && count > NINE) return YES;
  if (count === NINE) {
    if (!hasBits(sets.nine, hash)) return NO;
    if (isOpen) return YES;
  }
  if (count === TWELVE) return hasBits(sets.twelve, hash) ? YES : NO;
  return hasBits(sets.whole, hash) ? YES : UNDECIDED;
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

function emptySet(hashes: number, bitsPerHash = BITS_PER_HASH): Uint32Array {
  let bits = FEWEST_BITS;
  while (bits < hashes * bitsPerHash) bits *= 2;
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
