/**
 * Rejects starts where no key begins: most at the fifth symbol, and most others at the sixth, ninth or twelfth. Its sets of bits take a
 * few kilobytes and stay in the cache. It reads ambiguous signs and digits as the walk does, so it never rejects a start that the walk
 * needs.
 */
import { alternativesOf } from '../fold/fold-table.ts';
import { folded } from '../fold/fold-text.ts';
import * as s from '../fold/symbol-flags.ts';
import { addSymbol, bitsOf, hasBits, spread } from '../hashing/bit-set.ts';
import { maskLength } from './mask-length.ts';
import { monotonousUntil } from './monotony.ts';
import {
  FIVE,
  FOUR,
  NINE,
  OPEN,
  REFUSED,
  SIX,
  TWELVE,
  type PrefixFilter,
  type PrefixSets,
} from './prefix-sets.ts';

const NO = 0;
const YES = 1;
const UNDECIDED = 2;
/** A longer run of one letter is left to the walk. */
const LONGEST_LOOK = 40;
/** The most readings of a start to try. If there are more, the walk decides. */
const MOST_READINGS = 32;
// The compiler inlines a constant of this file, but reads an imported one at each use.
const { AMBIGUOUS, BRANCHES, MAY_HIDE, SOFT } = s;
const UNPLAIN = BRANCHES | MAY_HIDE;
// The arrays of the folded text are never replaced, so they are constants too.
const { symbols, flags, starts } = folded;
/** One of so many starts that are not plain looks whether the text repeats itself. */
const LOOKS_FOR_MONOTONY = 64;
/** A symbol with one of these has the readings of its original character, not of its folded one. */
const UNTOLD = s.COMPAT | s.CONFUSABLE | s.DIACRITIC | s.ESCAPED | s.FOREIGN | s.TURNED | s.CONTINUED;
const ASCII = 0x7f;
/** Shifts {@link AMBIGUOUS} of the first symbol to bit 28. */
const DOUBTFUL_SHIFT = 25;

let readingsLeft = 0;
/** The last symbol read. */
let furthest = 0;

/** Writes to `passed` the starts of the last folded text at which a key may begin. Returns their number. */
export function filterStarts(filter: PrefixFilter, passed: Int32Array): number {
  const { startCount } = folded;
  const { few, five: fives, refused, briefestPairs, shortest, shortestLengths } = filter;
  const hasFour = (shortestLengths & (1 << FOUR)) !== 0;
  const hasFive = (shortestLengths & (1 << FIVE)) !== 0;
  const mask = fives.length - 1;
  let count = 0;
  let unplain = 0;
  let monotonousTo = 0;
  for (let index = 0; index < startCount; index++) {
    const start = starts[index]!;
    const a = symbols[start]!;
    const b = symbols[start + 1]!;
    const c = symbols[start + 2]!;
    const d = symbols[start + 3]!;
    const own = flags[start]!;
    const others = flags[start + 1]! | flags[start + 2]! | flags[start + 3]!;
    if (((own & BRANCHES) | (others & UNPLAIN)) !== 0 || a === b || b === c || c === d) {
      if (start < monotonousTo) continue;
      // Whatever follows, the first symbol stands for itself.
      if ((own & BRANCHES) === 0 && !hasBits(few, addSymbol(0, a))) continue;
      if (++unplain % LOOKS_FOR_MONOTONY === 0) monotonousTo = monotonousUntil(start);
      const isTold =
        ((a | b | c | d) & ~ASCII) === 0 && ((own | others) & UNTOLD) === 0 && (others & MAY_HIDE) === 0;
      const beginning = isTold
        ? (doubtsAt(start) << DOUBTFUL_SHIFT) | (a << 21) | (b << 14) | (c << 7) | d
        : 0;
      if (beginning !== 0 && refused[slotOf(beginning)] === beginning) continue;
      if (mayBegin(start, beginning, filter)) passed[count++] = start;
      continue;
    }
    // Few keys have fewer than four symbols.
    if ((briefestPairs[a & 31]! & (1 << (b & 31))) !== 0 && isBriefest(start, filter)) {
      passed[count++] = start;
      continue;
    }
    // Symbols past the end of the text occur in no key.
    const four = addSymbol(addSymbol(addSymbol(a, b), c), d);
    if (hasFour && hasBits(shortest, four)) {
      passed[count++] = start;
      continue;
    }
    const e = symbols[start + 4]!;
    if ((flags[start + 4]! & UNPLAIN) !== 0 || d === e) {
      if (goesOnAfterFour(start, four, d, filter)) passed[count++] = start;
      continue;
    }
    // Most starts are plain and are rejected here.
    const five = addSymbol(four, e);
    const mixed = spread(five);
    const bits = bitsOf(mixed);
    if ((fives[mixed & mask]! & bits) !== bits) continue;
    if ((hasFive && hasBits(shortest, five)) || mayGoOnPlainly(start, five, filter)) passed[count++] = start;
  }
  return count;
}

function goesOnAfterFour(start: number, four: number, last: number, filter: PrefixFilter): boolean {
  readingsLeft = MOST_READINGS;
  return mayGoOn(start + FOUR, four, last, FOUR, false, filter);
}

/** True if plain symbols begin with a whole key of fewer than four symbols. */
function isBriefest(start: number, { shortest, shortestLengths }: PrefixFilter): boolean {
  let hash = 0;
  for (let length = 1; length < FOUR; length++) {
    hash = addSymbol(hash, symbols[start + length - 1]!);
    if ((shortestLengths & (1 << length)) !== 0 && hasBits(shortest, hash)) return true;
  }
  return false;
}

/** True if a key may begin with five plain symbols and those that follow. */
function mayGoOnPlainly(start: number, five: number, filter: PrefixFilter): boolean {
  readingsLeft = MOST_READINGS;
  const e = symbols[start + 4]!;
  const f = symbols[start + 5]!;
  if ((flags[start + 5]! & UNPLAIN) !== 0 || e === f)
    return mayGoOn(start + FIVE, five, e, FIVE, false, filter);
  const six = addSymbol(five, f);
  if (!hasBits(filter.exact.six, six)) return false;
  const g = symbols[start + 6]!;
  const h = symbols[start + 7]!;
  const i = symbols[start + 8]!;
  const others = flags[start + 6]! | flags[start + 7]! | flags[start + 8]!;
  if ((others & UNPLAIN) !== 0 || f === g || g === h || h === i || hasBits(filter.endingSix, six)) {
    return mayGoOn(start + SIX, six, f, SIX, false, filter);
  }
  const seven = addSymbol(six, g);
  const nine = addSymbol(addSymbol(seven, h), i);
  return hasBits(filter.exact.nine, nine) && mayGoOn(start + NINE, nine, i, NINE, false, filter);
}

/**
 * True if a key may begin at a start with repeats, or with signs or digits that may stand for letters.
 *
 * @param beginning - its first four symbols and their doubts as one number; 0 if they are not ASCII
 */
function mayBegin(start: number, beginning: number, filter: PrefixFilter): boolean {
  readingsLeft = MOST_READINGS;
  furthest = 0;
  if (mayGoOn(start, 0, 0, 0, false, filter)) return true;
  if (furthest < start + FOUR) filter.refused[slotOf(beginning)] = beginning;
  return false;
}

function slotOf(beginning: number): number {
  return spread(beginning) & (REFUSED - 1);
}

/** A bit for each of four symbols that may stand for others, in the position of {@link AMBIGUOUS}. */
function doubtsAt(at: number): number {
  return (
    (flags[at]! & AMBIGUOUS) |
    ((flags[at + 1]! & AMBIGUOUS) << 1) |
    ((flags[at + 2]! & AMBIGUOUS) << 2) |
    ((flags[at + 3]! & AMBIGUOUS) << 3)
  );
}

/** True if a key may begin with the symbols read so far and continue with the text from `at`, in any reading. */
function mayGoOn(
  from: number,
  hashBefore: number,
  lastBefore: number,
  countBefore: number,
  isOpen: boolean,
  filter: PrefixFilter,
): boolean {
  if (readingsLeft-- === 0) return true;
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
      const hidden = maskLength(folded, at);
      if (hidden > 1 || (hidden === 1 && isOpen)) return true;
      if (hidden === 1 && mayGoOn(at, addSymbol(hash, OPEN), OPEN, count + 1, true, filter)) return true;
    }
    const symbol = symbols[at]!;
    // At the end of the text only a whole key could fit, and those were checked.
    if (symbol === 0) return false;
    if ((own & BRANCHES) !== 0) {
      const isSign = (own & SOFT) !== 0;
      if (isSign && count > 0) {
        if (isOpen || mayGoOn(at + 1, addSymbol(hash, OPEN), OPEN, count + 1, true, filter)) return true;
      } else {
        const alternatives = alternativesOf(folded.pointAt(at));
        for (let index = 0; index < alternatives.length; index++) {
          const other = alternatives[index]!;
          const isRepeat = other === last;
          const next = isRepeat ? hash : addSymbol(hash, other);
          if (mayGoOn(at + 1, next, other, isRepeat ? count : count + 1, isOpen, filter)) return true;
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

/** Judges a prefix of this many symbols. */
function judge(hash: number, count: number, isOpen: boolean, sets: PrefixSets, filter: PrefixFilter): number {
  if (count < SIX) {
    const { shortest, shortestOpen, shortestLengths } = filter;
    if ((shortestLengths & (1 << count)) !== 0 && hasBits(isOpen ? shortestOpen : shortest, hash)) return YES;
    if (isOpen) return UNDECIDED;
    const set = count === FIVE ? filter.five : count === FOUR ? filter.four : filter.few;
    return hasBits(set, hash) ? UNDECIDED : NO;
  }
  if (count === SIX && !hasBits(sets.six, hash)) return NO;
  // The first nine were checked before a symbol was left open.
  if (isOpen && count > NINE) return YES;
  if (count === NINE) {
    if (!hasBits(sets.nine, hash)) return NO;
    if (isOpen) return YES;
  }
  if (count === TWELVE) return hasBits(sets.twelve, hash) ? YES : NO;
  return hasBits(sets.whole, hash) ? YES : UNDECIDED;
}
