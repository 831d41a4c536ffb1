/**
 * Judges a word of the text that leads to a name. It looks for the name's other words nearby, in order or not, and each as itself,
 * inflected or with a typo.
 */
import { type FoldedText } from '../fold/folded-text.ts';
import * as s from '../fold/symbol-flags.ts';
import { isConjunction, isFillerWord } from '../languages/fillers.ts';
import { type Name } from '../names/name.ts';
import { type Phrase } from '../names/phrase.ts';
import { type WordView } from '../words/word-view.ts';
import { type Candidate } from '../evidence/candidate.ts';
import { isPartedByBlankLine } from './blank-line.ts';
import { shareOf } from './chance.ts';
import { DIFFERENT, compareWord, doubt, wordEvidence } from './compare-word.ts';
import { confidenceOf } from '../evidence/confidence.ts';
import * as e from '../evidence/evidence.ts';

/** The most words that may stand inside a name, all gaps together. */
const WIDEST_GAP = 10;
const MOST_EDITS = 2;
const MOST_WORDS = 16;
/** Sizes from which a name of ordinary words may differ by more: two edits from this many letters, any order from this many words. */
const LONG_NAME = 10;
const MANY_WORDS = 3;
/** Words this unlikely to meet (as a power of ten) do not meet by chance. */
const UNLIKELY = -9;
const WRITTEN_AS_NAME = 2;
/** So frequent (Zipf) is the head of a name: `Project`, `Operation`. */
const HEAD = 5;

/**
 * The farthest word, counted from this one, that can still belong to the same name.
 * `places` is its distance within the name: positive if it follows, negative if it comes before.
 */
export function reachOf(name: Name, places: number): number {
  const anyhow = name.phrase.words.length;
  return places < 0 ? anyhow : Math.max(anyhow, places + widestGap(name));
}

function widestGap({ policy }: Name): number {
  return Math.min(policy.near, WIDEST_GAP);
}

/** For each word of the name, the word of the text that stands for it. */
const taken = new Int32Array(MOST_WORDS);

interface Found {
  edits: number;
  evidence: e.EvidenceSet;
  gap: number;
  /** The sum of {@link doubt} over all words. */
  doubt: number;
}

/** @param at - the text word that matches the name's word `place`, with `edits` edits, `evidence` and the doubt about it */
export function judgePhrase(
  text: FoldedText,
  view: WordView,
  name: Name,
  place: number,
  at: number,
  edits: number,
  evidence: e.EvidenceSet,
  doubtOfIt = 0,
): Candidate | undefined {
  const { phrase } = name;
  const count = phrase.words.length;
  if (count > MOST_WORDS) return undefined;
  const found: Found = { edits, evidence, gap: 0, doubt: doubtOfIt };
  taken[place] = at;
  const ordered =
    alignSide(text, view, name, place, at, 1, found) && alignSide(text, view, name, place, at, -1, found);
  if (!ordered) {
    Object.assign(found, { edits, evidence, gap: 0, doubt: doubtOfIt });
    if (!alignAnyhow(text, view, phrase, place, at, found)) return undefined;
    found.evidence |= e.REORDERED;
  }
  // The scan judges plain spellings.
  if (found.edits === 0 && (found.evidence & e.WORD_DIFFERS) === 0 && found.gap === 0) return undefined;
  if (found.gap > 0) found.evidence |= e.GAP;
  if (!isAcceptable(text, view, name, found)) return undefined;
  return candidate(text, view, phrase, found);
}

/** Finds the name's words in order on one side of a place (`step` 1: after it, -1: before it). */
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
    let isNewLine = false;
    for (let skipped = 0; found.gap + skipped <= near && !matched; skipped++) {
      const word = last + step * (skipped + 1);
      if (word < 0 || word >= view.count) return false;
      const edge = step > 0 ? word : word + 1;
      // A line may end between two words of the name, but not beside a word that it lacks.
      if (isNewLine || isParted(text, view, edge, skipped > 0)) return false;
      isNewLine = (text.flags[view.from[edge]!]! & s.AFTER_LINE) !== 0;
      const edits = compareWord(text, view, word, phrase.words[next]!);
      if (edits === DIFFERENT) continue;
      found.edits += edits;
      found.evidence |= wordEvidence;
      found.doubt += doubt;
      // One gap is allowed; scattered words are not a name.
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

/** True if a clause ends before the word or, inside a gap, a line. */
function isParted(text: FoldedText, view: WordView, word: number, inGap: boolean): boolean {
  const first = view.from[word]!;
  const own = text.flags[first]!;
  if ((own & s.AFTER_CLAUSE) !== 0 && (own & s.SPACES) !== 0) return !isMasked(text.text, text.from[first]!);
  return inGap && (own & s.AFTER_LINE) !== 0;
}

/** True if a question mark behind a space masks a word's first letter: `Mistral ?nvil`. */
function isMasked(text: string, start: number): boolean {
  return text[start - 1] === '?' && text[start - 2] === ' ';
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
  taken.fill(-1, 0, count);
  taken[place] = at;
  for (let other = 0; other < count; other++) {
    if (other === place) continue;
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
  // At most one word may stand between them, and it must be a filler.
  found.gap = final - first + 1 - count;
  if (final - first + 1 > count + 1) return false;
  for (let word = first; word <= final; word++) {
    if (word > first && isParted(text, view, word, true)) return false;
    if (!isTaken(count, word, -1) && !isFiller(view, word)) return false;
  }
  return true;
}

function isTaken(count: number, word: number, except: number): boolean {
  for (let place = 0; place < count; place++) if (place !== except && taken[place] === word) return true;
  return false;
}

/** True if the words found outweigh the differences. */
function isAcceptable(text: FoldedText, view: WordView, name: Name, found: Found): boolean {
  const { phrase, policy } = name;
  if (found.edits > MOST_EDITS) return false;
  const reordered = (found.evidence & e.REORDERED) !== 0;
  if (found.gap > policy.near) return false;
  if (found.doubt > 0) {
    const most = (found.evidence & e.SHORTENED) !== 0 ? 0 : 1;
    return found.edits <= most && found.gap === 0 && isUnlikely(text, view, phrase, found);
  }
  if (policy.nearIsExplicit && found.edits === 0 && !reordered) return true;
  // Words of a list may stand near each other by their topic: `северный ветер и иней` is no name.
  if (phrase.isRare && (found.gap === 0 || phrase.isCoined))
    return found.gap === 0 || found.edits === 0 || !reordered;
  // Ordinary words may differ in one way only.
  if (found.edits > 0 && (found.gap > 0 || reordered)) return false;
  if (found.edits > 1 && phrase.joined.length < LONG_NAME) return false;
  if (reordered) {
    const isWhole = phrase.words.length >= MANY_WORDS && found.gap === 0;
    if (isWhole || isWrittenAsName(text, view, phrase)) return true;
    // A frequent word before a rare one is the head of an ordinary phrase in the other order: `a kingfisher project`.
    const isHeaded = phrase.words[0]!.zipf >= HEAD;
    return !isHeaded && isUnlikely(text, view, phrase, found);
  }
  // German nouns always have capitals.
  const isMarked = !name.language.startsWith('de') && isWrittenAsName(text, view, phrase);
  return found.gap === 0 || isMarked || hasOnlyFillers(view, phrase);
}

/**
 * True if ordinary words this rare do not stand side by side by chance. By their frequencies alone they would meet once in
 * 10^(18 − sum) places. Being written as a name counts as if two of the words were ten times as rare.
 */
function isUnlikely(text: FoldedText, view: WordView, phrase: Phrase, found: Found): boolean {
  if (found.gap > 0) return false;
  let often = 0;
  for (let place = 0; place < phrase.words.length; place++) {
    often += shareOf(view, taken[place]!);
  }
  const bonus = isWrittenAsName(text, view, phrase) ? WRITTEN_AS_NAME : 0;
  return often - bonus <= UNLIKELY - found.doubt;
}

/** True if every word that has a capital in the name has one in the text. */
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
  // Capitals prove nothing in a line of capitals.
  for (let word = first; word <= final; word++) {
    if (!isTaken(phrase.words.length, word, -1) && isCapital(text, view, word)) return false;
  }
  return true;
}

/** True for a filler word or a number. */
function isFiller(view: WordView, word: number): boolean {
  return isFillerWord(view.hash[word]!) || view.isNumber(word);
}

function isCapital(text: FoldedText, view: WordView, word: number): boolean {
  return (text.flags[view.from[word]!]! & s.UPPER) !== 0;
}

function hasOnlyFillers(view: WordView, phrase: Phrase): boolean {
  const count = phrase.words.length;
  for (let word = taken[0]!; word < taken[count - 1]!; word++) {
    if (isTaken(count, word, -1)) continue;
    if (!isFiller(view, word) || isConjunction(view.hash[word]!)) return false;
  }
  return true;
}

function candidate(text: FoldedText, view: WordView, phrase: Phrase, found: Found): Candidate | undefined {
  let first = view.count;
  let final = 0;
  for (let place = 0; place < phrase.words.length; place++) {
    first = Math.min(first, taken[place]!);
    final = Math.max(final, taken[place]!);
    if (phrase.words[place]!.isCapital !== isCapital(text, view, taken[place]!)) found.evidence |= e.CASE;
  }
  const from = text.from[view.from[first]!]!;
  const to = text.to[view.to[final]! - 1]!;
  if (isPartedByBlankLine(text.text, from, to)) return undefined;
  return {
    item: phrase.item,
    from,
    to,
    evidence: found.evidence,
    confidence: confidenceOf(found.evidence, found.edits),
    distance: found.edits,
  };
}
