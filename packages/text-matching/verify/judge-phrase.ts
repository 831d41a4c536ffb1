/**
 * Judges a word of the text that leads to a name: whether the name's other words stand around it, near enough, in order or not, each as
 * itself, inflected or with a typo.
 */
import { type FoldedText } from '../fold/folded-text.ts';
import * as s from '../fold/symbol-flags.ts';
import { isFillerWord } from '../languages/fillers.ts';
import { type Name } from '../names/name.ts';
import { type Phrase } from '../names/phrase.ts';
import { type WordView } from '../words/word-view.ts';
import { type Candidate } from '../evidence/candidate.ts';
import { DIFFERENT, compareWord, doubt, wordEvidence } from './compare-word.ts';
import { confidenceOf } from '../evidence/confidence.ts';
import * as e from '../evidence/evidence.ts';

/** Words that may stand inside a name, all together. */
const WIDEST_GAP = 10;
const MOST_EDITS = 2;
const MOST_WORDS = 16;
/** Names of so many letters may take two edits, and of so many words stand in any order, though their words are ordinary. */
const LONG_NAME = 10;
const MANY_WORDS = 3;
/** Zipf frequencies are per so many words (as a power of ten); a word that is in no list isn't rarer than this. */
const WORDS_OF_ZIPF = 9;
const LEAST_OFTEN = 1.5;
/** So seldom (as a power of ten) are words side by side that are no accident. */
const UNLIKELY = -9;
const WRITTEN_AS_NAME = 2;

/**
 * How many words of the text behind one of a name's words another one stands at most, which stands so many `places` behind it in the name
 * (or ahead, if negative).
 */
export function reachOf(name: Name, places: number): number {
  const anyhow = name.phrase.words.length;
  return places < 0 ? anyhow : Math.max(anyhow, places + widestGap(name));
}

function widestGap({ policy }: Name): number {
  return Math.min(policy.near, WIDEST_GAP);
}

/** Text words by the name's words. */
const taken = new Int32Array(MOST_WORDS);

interface Found {
  edits: number;
  evidence: e.EvidenceSet;
  gap: number;
  /** {@link doubt} of all words together. */
  doubt: number;
}

/** @param at text word that is the name's word `place`, by `edits` edits and `evidence` */
export function judgePhrase(
  text: FoldedText,
  view: WordView,
  name: Name,
  place: number,
  at: number,
  edits: number,
  evidence: e.EvidenceSet,
): Candidate | undefined {
  const { phrase } = name;
  const count = phrase.words.length;
  if (count > MOST_WORDS) return undefined;
  const found: Found = { edits, evidence, gap: 0, doubt: 0 };
  taken[place] = at;
  const ordered =
    alignSide(text, view, name, place, at, 1, found) && alignSide(text, view, name, place, at, -1, found);
  if (!ordered) {
    Object.assign(found, { edits, evidence, gap: 0, doubt: 0 });
    if (!alignAnyhow(text, view, phrase, place, at, found)) return undefined;
    found.evidence |= e.REORDERED;
  }
  // What is written plainly is the scan's to judge.
  if (found.edits === 0 && (found.evidence & e.WORD_DIFFERS) === 0 && found.gap === 0) return undefined;
  if (found.gap > 0) found.evidence |= e.GAP;
  if (!isAcceptable(text, view, name, found)) return undefined;
  return candidate(text, view, phrase, found);
}

/** Finds the words on one side of a place in order (`step` 1: after it, -1: before it). */
function alignSide(
  text: FoldedText,
  view: WordView,
  name: Name,
  place: number,
  at: number,
  step: 1 | -1,
  found: Found,
): boolean {
  const near = widestGap(name);
  const { phrase } = name;
  let last = at;
  for (let next = place + step; next >= 0 && next < phrase.words.length; next += step) {
    let matched = false;
    for (let skipped = 0; found.gap + skipped <= near && !matched; skipped++) {
      const word = last + step * (skipped + 1);
      if (word < 0 || word >= view.count) return false;
      if (isParted(text, view, step > 0 ? word : word + 1, skipped > 0)) return false;
      const edits = compareWord(text, view, word, phrase.words[next]!);
      if (edits === DIFFERENT) continue;
      found.edits += edits;
      found.evidence |= wordEvidence;
      found.doubt += doubt;
      // One gap, not words scattered over the text.
      if (skipped > 0 && found.gap > 0) return false;
      found.gap += skipped;
      taken[next] = word;
      last = word;
      matched = true;
    }
    if (!matched) return false;
  }
  return true;
}

/** Whether a clause or, inside a gap, a line ends before a word. */
function isParted(text: FoldedText, view: WordView, word: number, inGap: boolean): boolean {
  const own = text.flags[view.from[word]!]!;
  if ((own & s.AFTER_CLAUSE) !== 0 && (own & (s.AFTER_SPACE | s.AFTER_LINE)) !== 0) return true;
  return inGap && (own & s.AFTER_LINE) !== 0;
}

/** Finds all words close together in any order. */
function alignAnyhow(
  text: FoldedText,
  view: WordView,
  phrase: Phrase,
  place: number,
  at: number,
  found: Found,
): boolean {
  const count = phrase.words.length;
  let first = at;
  let final = at;
  for (let other = 0; other < count; other++) {
    if (other === place) continue;
    taken[other] = -1;
    for (let word = Math.max(0, at - count); word <= Math.min(view.count - 1, at + count); word++) {
      if (isTaken(count, word, other)) continue;
      const edits = compareWord(text, view, word, phrase.words[other]!);
      if (edits === DIFFERENT || doubt > 0) continue;
      found.edits += edits;
      found.evidence |= wordEvidence;
      taken[other] = word;
      first = Math.min(first, word);
      final = Math.max(final, word);
      break;
    }
    if (taken[other] === -1) return false;
  }
  // At most one word between them, and only one that says nothing.
  found.gap = final - first + 1 - count;
  if (final - first + 1 > count + 1) return false;
  for (let word = first; word <= final; word++) {
    if (word > first && isParted(text, view, word, true)) return false;
    if (!isTaken(count, word, -1) && !isFiller(text, view, word)) return false;
  }
  return true;
}

function isTaken(count: number, word: number, except: number): boolean {
  for (let place = 0; place < count; place++) if (place !== except && taken[place] === word) return true;
  return false;
}

/** Whether the words that were found are proof enough for what differs. */
function isAcceptable(text: FoldedText, view: WordView, name: Name, found: Found): boolean {
  const { phrase, policy } = name;
  if (found.edits > MOST_EDITS) return false;
  const reordered = (found.evidence & e.REORDERED) !== 0;
  if (found.gap > policy.near) return false;
  if (found.doubt > 0) return found.edits <= 1 && found.gap === 0 && isUnlikely(text, view, phrase, found);
  if (policy.nearIsExplicit && found.edits === 0 && !reordered) return true;
  if (phrase.isRare) return found.gap === 0 || found.edits === 0 || !reordered;
  // Ordinary words: only one thing may differ.
  if (found.edits > 0 && (found.gap > 0 || reordered)) return false;
  if (found.edits > 1 && phrase.joined.length < LONG_NAME) return false;
  if (reordered) {
    const isWhole = phrase.words.length >= MANY_WORDS && found.gap === 0;
    if (isWhole || isWrittenAsName(text, view, phrase)) return true;
    // Two words are met in either order because they mean something together: `a kingfisher project`.
    return phrase.words.length > 2 && isUnlikely(text, view, phrase, found);
  }
  return found.gap === 0 || isWrittenAsName(text, view, phrase) || hasOnlyFillers(text, view, phrase);
}

/**
 * Whether ordinary words, as rare as these, are not met side by side by accident. By their frequencies alone they would be met once in
 * 10^(18 − sum) places; that they are written as a name is worth two words that are ten times as rare.
 */
function isUnlikely(text: FoldedText, view: WordView, phrase: Phrase, found: Found): boolean {
  if (found.gap > 0) return false;
  let often = 0;
  for (let place = 0; place < phrase.words.length; place++) {
    often += Math.max(LEAST_OFTEN, view.zipf(taken[place]!)) - WORDS_OF_ZIPF;
  }
  const bonus = isWrittenAsName(text, view, phrase) ? WRITTEN_AS_NAME : 0;
  return often - bonus <= UNLIKELY - found.doubt;
}

/** All words that have a capital in the name have one in the text. */
function isWrittenAsName(text: FoldedText, view: WordView, phrase: Phrase): boolean {
  let first = view.count;
  let final = 0;
  for (let place = 0; place < phrase.words.length; place++) {
    const word = taken[place]!;
    first = Math.min(first, word);
    final = Math.max(final, word);
    if (phrase.words[place]!.hasDigit) continue;
    if (!phrase.words[place]!.isCapital || !isCapital(text, view, word)) return false;
  }
  // In a line of capitals they say nothing.
  for (let word = first; word <= final; word++) {
    if (!isTaken(phrase.words.length, word, -1) && isCapital(text, view, word)) return false;
  }
  return true;
}

/** A word that says nothing of its own, or a number. */
function isFiller(text: FoldedText, view: WordView, word: number): boolean {
  if (isFillerWord(view.hash[word]!)) return true;
  for (let at = view.from[word]!; at < view.to[word]!; at++)
    if ((text.flags[at]! & s.DIGIT) === 0) return false;
  return true;
}

function isCapital(text: FoldedText, view: WordView, word: number): boolean {
  return (text.flags[view.from[word]!]! & s.UPPER) !== 0;
}

function hasOnlyFillers(text: FoldedText, view: WordView, phrase: Phrase): boolean {
  const count = phrase.words.length;
  for (let word = taken[0]!; word < taken[count - 1]!; word++) {
    if (!isTaken(count, word, -1) && !isFiller(text, view, word)) return false;
  }
  return true;
}

function candidate(text: FoldedText, view: WordView, phrase: Phrase, found: Found): Candidate {
  let first = view.count;
  let final = 0;
  for (let place = 0; place < phrase.words.length; place++) {
    first = Math.min(first, taken[place]!);
    final = Math.max(final, taken[place]!);
    if (phrase.words[place]!.isCapital !== isCapital(text, view, taken[place]!)) found.evidence |= e.CASE;
  }
  return {
    item: phrase.item,
    from: text.from[view.from[first]!]!,
    to: text.to[view.to[final]! - 1]!,
    evidence: found.evidence,
    confidence: confidenceOf(found.evidence, found.edits),
    distance: found.edits,
  };
}
