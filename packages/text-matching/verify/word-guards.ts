/** Checks a name that is split, or glued to other letters, against the table of ordinary words. */
import { type FoldedText } from '../fold/folded-text.ts';
import * as s from '../fold/symbol-flags.ts';
import { type Name } from '../names/name.ts';
import { slotOf, zipfAt } from '../words/known-words.ts';
import { hashWord } from '../hashing/word-hash.ts';
import { type WordView } from '../words/word-view.ts';
import { type Alignment } from './align-spelling.ts';
import { isUnlikelyPair } from './chance.ts';
import { type Breaks } from './word-breaks.ts';

/** The shortest name, in letters, that is found in pieces, and the shortest that is found glued to other words. */
const SHORTEST_SPLIT = 6;
const SHORTEST_GLUED = 7;
const UNMISTAKABLE = 10;
/** A name with figures between letters is found within other words from this length on: `h2glow` in `#teamh2glowxme`. */
const SHORTEST_CODED = 6;
const MOST_PIECES = 3;
/** If all pieces are more frequent than this (Zipf), they are ordinary text: `in to one`. */
const COMMON = 4.8;
/** Word lists contain junk, so a piece rarer than this (Zipf) does not count as an ordinary word. */
export const JUNK = 2;
/** The least frequency (Zipf) of a word glued to a name in one hashtag; words of two letters must be more frequent. */
const FREQUENT = 3.5;
const FREQUENT_PAIR = 5.5;

const [ZERO, NINE, X] = [48, 57, 120];

/** True if a name with a broken word is still the name: `Vel🔥ora`, `Vel ora`, but not `tide pool`. */
export function isSplitAcceptable(
  text: FoldedText,
  view: WordView,
  name: Name,
  start: number,
  found: Alignment,
): boolean {
  const { others } = found.inner;
  if ((others.kinds & (s.SPACES | s.AFTER_JOINER | s.AFTER_STOP)) === 0)
    return (others.kinds & s.AFTER_CLAUSE) === 0 || hasRarePiece(view, start, found.end);
  if (isHyphenation(text, others)) return true;
  if (others.count > MOST_PIECES || name.phrase.joined.length < SHORTEST_SPLIT) return false;
  if ((others.kinds & s.AFTER_CLAUSE) !== 0) return false;
  if (hasUnknownPiece(view, start, found.end)) return true;
  if (name.phrase.words.length > 1) return hasRarePiece(view, start, found.end);
  return name.phrase.words[0]!.zipf < JUNK && isUnlikelyPair(text, view, start, found.end);
}

/** True for a single break by a hyphen at the end of a line. */
function isHyphenation(text: FoldedText, { count, separatorFrom, separatorTo }: Breaks): boolean {
  return count === 1 && /^[-‐\u00ad]\s*\n\s*$/.test(text.text.slice(separatorFrom, separatorTo));
}

/** True if a camel-case name written as two words is still the name: if it looks like one, or has more words. */
export function isWrittenAsTwo(
  text: FoldedText,
  view: WordView,
  name: Name,
  start: number,
  end: number,
): boolean {
  if (name.phrase.words.length > 1 || hasUnknownPiece(view, start, end)) return true;
  for (let word = view.wordAt(start); word < view.count && view.from[word]! < end; word++) {
    if ((text.flags[view.from[word]!]! & s.UPPER) === 0) return false;
  }
  return true;
}

/** True if a name inside a longer word is meant: the word must not be ordinary, and the name too long for chance. */
export function isGlueAcceptable(
  text: FoldedText,
  view: WordView,
  name: Name,
  start: number,
  end: number,
): boolean {
  const isCoded = holdsFigures(name);
  if (name.isOrdinary || name.phrase.joined.length < (isCoded ? SHORTEST_CODED : SHORTEST_GLUED))
    return false;
  const first = view.wordAt(start);
  const last = view.wordAt(end - 1);
  const isGluedAhead = view.from[first]! < start;
  const isGluedBehind = view.to[last]! > end;
  if ((isGluedAhead && view.slot(first) >= 0) || (isGluedBehind && view.slot(last) >= 0)) return false;
  if (isUnmistakable(name) && first === last) return true;
  const ahead = isCross(text, start - 1) && isCoded ? start - 1 : start;
  if (!areWords(text, view, view.from[first]!, ahead)) return false;
  // In `opalveillaunch` the name's last letter may also begin the next word.
  const isShared = text.symbols[end - 1] === text.symbols[end - 2];
  const behind = isCross(text, end) && isCoded ? end + 1 : end;
  return (
    areWords(text, view, behind, view.to[last]!) ||
    (isShared && areWords(text, view, end - 1, view.to[last]!))
  );
}

/** True for a name of several words that is too long to occur by chance, whatever is glued to it. */
function isUnmistakable(name: Name): boolean {
  return name.phrase.words.length > 1 && name.phrase.joined.length >= UNMISTAKABLE;
}

/** True for a name of one word with figures between its letters, which no other words make where they meet. */
function holdsFigures({ phrase: { words } }: Name): boolean {
  const [only] = words;
  if (words.length > 1 || only?.hasDigit !== true) return false;
  const { symbols } = only;
  return !isDigit(symbols[0]!) && !isDigit(symbols[symbols.length - 1]!);
}

function isDigit(symbol: number): boolean {
  return symbol >= ZERO && symbol <= NINE;
}

/** True for the x between a brand and a person: `#nb7glowxme`. */
function isCross(text: FoldedText, at: number): boolean {
  return text.symbols[at] === X;
}

/** True for what people glue to a name in a hashtag: nothing, a number, or one or two frequent words. */
function areWords(text: FoldedText, view: WordView, from: number, to: number): boolean {
  if (from >= to || isFrequentWord(text, view, from, to)) return true;
  for (let at = from + 2; at <= to - 2; at++) {
    if (isFrequentWord(text, view, from, at) && isFrequentWord(text, view, at, to)) return true;
  }
  return false;
}

function isFrequentWord(text: FoldedText, view: WordView, from: number, to: number): boolean {
  if (text.flags.subarray(from, to).every((own) => (own & s.DIGIT) !== 0)) return true;
  const slot = slotOf(view.known, hashWord(text.symbols, from, to));
  return slot >= 0 && zipfAt(view.known, slot) >= (to - from < 3 ? FREQUENT_PAIR : FREQUENT);
}

/** True for an ordinary word with punctuation at its ends: `bound!` is not `boundl`. */
export function isPunctuatedWord(text: FoldedText, view: WordView, start: number, end: number): boolean {
  let first = start;
  let last = end;
  while (first < last && (text.flags[first]! & s.SOFT) !== 0) first++;
  while (first < last && (text.flags[last - 1]! & s.SOFT) !== 0) last--;
  if (first === last || (first === start && last === end)) return false;
  const word = view.wordAt(first);
  return view.from[word] === first && view.to[word] === last && view.isOrdinary(word);
}

/** True if some piece of a match is not an ordinary word. */
export function hasUnknownPiece(view: WordView, start: number, end: number): boolean {
  for (let word = view.wordAt(start); word < view.count && view.from[word]! < end; word++) {
    if (view.to[word]! - view.from[word]! > 2 && (view.zipf(word) < JUNK || !view.isOrdinary(word)))
      return true;
  }
  return false;
}

function hasRarePiece(view: WordView, start: number, end: number): boolean {
  for (let word = view.wordAt(start); word < view.count && view.from[word]! < end; word++) {
    if (view.zipf(word) < COMMON) return true;
  }
  return false;
}
