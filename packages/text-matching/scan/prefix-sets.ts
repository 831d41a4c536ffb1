/** Sets of bits over the first symbols of all keys, for `prefix-filter.ts`. */
import { addBits, addSymbol, emptySet } from '../hashing/bit-set.ts';
import { endsStep, type Steps } from '../steps.ts';
import { type KeyList } from '../names/key-list.ts';

export interface PrefixFilter {
  /** The first symbol, the first two and the first three of all keys. They end most readings of a number. */
  readonly few: Uint32Array;
  /** The first four symbols of all keys with at least four. */
  readonly four: Uint32Array;
  /** Beginnings rejected recently in every reading ({@link beginningOf}): years, common words as hashtags. */
  readonly refused: Int32Array;
  /** The first six symbols of the keys that end before the ninth. */
  readonly endingSix: Uint32Array;
  /** The first five symbols of all keys with at least five. */
  readonly five: Uint32Array;
  /** Whole keys of fewer than six symbols. */
  readonly shortest: Uint32Array;
  /** The same keys with any symbol but the first left open. */
  readonly shortestOpen: Uint32Array;
  /** The beginnings of keys of fewer than four symbols: by the low bits of the first symbol, a bit for the second. */
  readonly briefestPairs: Int32Array;
  /** The lengths of those keys as bits: bit 1 for one symbol. */
  readonly shortestLengths: number;
  /** The prefixes of all other keys. */
  readonly exact: PrefixSets;
  /** The same prefixes with any one symbol but the first left open. */
  readonly open: PrefixSets;
}

/** Sets of hashes as bits. */
export interface PrefixSets {
  readonly six: Uint32Array;
  readonly nine: Uint32Array;
  /** Empty in the sets with an open symbol, where nine symbols are enough. */
  readonly twelve: Uint32Array;
  /** Whole keys that are too short for the longest of these sets. */
  readonly whole: Uint32Array;
}

/** The lengths of prefixes that have a set. Longer prefixes are not filtered. */
export const FOUR = 4;
export const FIVE = 5;
export const SIX = 6;
export const NINE = 9;
export const TWELVE = 12;
/** Bits per short key. There are few, so a large set with few false hits is cheap. */
const BITS_PER_SHORTEST = 64;
/** The size of the set of one, two or three symbols: enough for any alphabet. */
const FEW = 1 << 12;
export const REFUSED = 1 << 14;
/** Stands for a symbol that is left open. */
export const OPEN = -1;
const NONE = -1;

/** Keys per step: some milliseconds. */
const KEYS_PER_STEP = 2000;

/** Builds the sets of sorted keys in steps. */
export function* prefixFilterSteps(keys: KeyList): Steps<PrefixFilter> {
  const counts = countLengths(keys);
  yield;
  const atLeast = (length: number) => counts.slice(length).reduce((sum, count) => sum + count, 0);
  const briefer = keys.count - atLeast(SIX);
  const filter = {
    few: emptySet(FEW),
    four: emptySet(countDistinct(keys, FOUR)),
    refused: new Int32Array(REFUSED),
    endingSix: emptySet(atLeast(SIX) - atLeast(NINE)),
    five: emptySet(countDistinct(keys, FIVE)),
    shortest: emptySet(briefer, BITS_PER_SHORTEST),
    briefestPairs: new Int32Array(32),
    shortestOpen: emptySet(briefer * SIX),
    shortestLengths: counts
      .slice(0, SIX)
      .reduce((bits, n, length) => (n > 0 ? bits | (1 << length) : bits), 0),
    exact: emptySets(keys, atLeast, TWELVE, false),
    open: emptySets(keys, atLeast, NINE, true),
  };
  yield;
  for (let index = 0; index < keys.count; index++) {
    if (endsStep(index, KEYS_PER_STEP)) yield;
    const key = keys.at(index);
    addBits(filter.few, hashOf(key, 1, NONE));
    if (key.length >= 2) addBits(filter.few, hashOf(key, 2, NONE));
    if (key.length >= 3) addBits(filter.few, hashOf(key, 3, NONE));
    if (key.length >= FOUR) addBits(filter.four, hashOf(key, FOUR, NONE));
    if (key.length >= FIVE) addBits(filter.five, hashOf(key, FIVE, NONE));
    if (key.length < SIX) addShort(filter, key);
    else addLong(filter, key);
  }
  return filter;
}

function addShort(filter: PrefixFilter, key: Int32Array): void {
  addBits(filter.shortest, hashOf(key, key.length, NONE));
  if (key.length < FOUR) addPair(filter.briefestPairs, key);
  addOpen(filter.shortestOpen, key, key.length);
}

function addLong({ exact, open, endingSix }: PrefixFilter, key: Int32Array): void {
  addBits(exact.six, hashOf(key, SIX, NONE));
  addOpen(open.six, key, SIX);
  if (key.length >= NINE) {
    addBits(exact.nine, hashOf(key, NINE, NONE));
    addOpen(open.nine, key, NINE);
  } else {
    addOpen(open.whole, key, key.length);
    addBits(endingSix, hashOf(key, SIX, NONE));
  }
  if (key.length >= TWELVE) addBits(exact.twelve, hashOf(key, TWELVE, NONE));
  else addBits(exact.whole, hashOf(key, key.length, NONE));
}

/** Counts the keys of each length; the longest ones count as of {@link TWELVE}. */
function countLengths(keys: KeyList): number[] {
  const counts = new Array<number>(TWELVE + 1).fill(0);
  for (let key = 0; key < keys.count; key++) counts[Math.min(TWELVE, keys.lengthOf(key))]!++;
  return counts;
}

/** @param longest - the number of symbols in the longest prefixes */
function emptySets(
  keys: KeyList,
  atLeast: (length: number) => number,
  longest: number,
  isOpen: boolean,
): PrefixSets {
  const ways = (length: number) => (isOpen ? length - 1 : 1);
  return {
    six: emptySet(countDistinct(keys, SIX) * ways(SIX)),
    nine: emptySet(atLeast(NINE) * ways(NINE)),
    twelve: emptySet(longest === TWELVE ? atLeast(TWELVE) : 0),
    whole: emptySet((atLeast(SIX) - atLeast(longest)) * ways(longest - 1)),
  };
}

/** Counts the distinct prefixes of `length` symbols among sorted keys. */
function countDistinct(sorted: KeyList, length: number): number {
  let count = 0;
  let before = -1;
  for (let key = 0; key < sorted.count; key++) {
    if (sorted.lengthOf(key) < length) continue;
    if (before < 0 || sorted.sharedLength(before, key) < length) count++;
    before = key;
  }
  return count;
}

/** Adds a key's prefix with each symbol but the first left open in turn. */
function addOpen(set: Uint32Array, key: Int32Array, length: number): void {
  for (let open = 1; open < length; open++) addBits(set, hashOf(key, length, open));
}

/** Records the beginning of a short key. After a key of one symbol, any symbol may follow. */
function addPair(pairs: Int32Array, [first = 0, second]: Int32Array): void {
  pairs[first & 31]! |= second === undefined ? -1 : 1 << (second & 31);
}

/** Hashes a key's prefix with the symbol at `open` left open. */
function hashOf(key: Int32Array, length: number, open: number): number {
  let hash = 0;
  for (let at = 0; at < length; at++) hash = addSymbol(hash, at === open ? OPEN : key[at]!);
  return hash;
}
