/** Looks up every word of a text, to find names with typos, inflected forms, gaps or changed order. */
import { keepsEnds, mostDeletes, mostEdits } from '../fuzzy/edit-limits.ts';
import { isFarApart } from '../fuzzy/letter-set.ts';
import { nearWords } from '../fuzzy/symmetric-deletes.ts';
import { type FoldedText } from '../fold/folded-text.ts';
import * as s from '../fold/symbol-flags.ts';
import { type Candidate } from '../evidence/candidate.ts';
import { boundedDistance, hasSameEnds, isTwoSlips } from '../fuzzy/edit-distance.ts';
import { collapseInto } from '../verify/compare-word.ts';
import * as e from '../evidence/evidence.ts';
import { judgePhrase } from '../verify/judge-phrase.ts';
import { judgeWholeWord } from '../verify/judge-whole-word.ts';
import { isMaskedForm, touchesStars } from '../verify/masked-word.ts';
import { mayHaveCompanion } from './companions.ts';
import { drawnWord, type DrawnWords } from './drawn-words.ts';
import { bucketBegin, bucketEnd, mayHold } from '../hashing/hash-multimap.ts';
import { LEAD_CONSONANTS, LEAD_REVERSED, WHOLE, kindOfLead, leadOf, type WordIndex } from './word-index.ts';
import { type WordView } from '../words/word-view.ts';

/** The evidence of each kind of lead: same, inflected, consonants, reversed. */
const EVIDENCE_OF_LEAD = [0, e.INFLECTED, e.SHORTENED, e.REVERSED];
/** Words outside these lengths are not searched for typos. */
const SHORTEST = 4;
const LONGEST = 64;
/** Word lists contain abbreviations. A word rarer than this (Zipf) may still abbreviate a name. */
const ORDINARY = 3;
/** Candidates to be measured against one word of the text. */
const near = new Int32Array(256);
const collapsed = new Int32Array(LONGEST);

/** Hashes of recent words that led to no name in one index. Most words of a text are among them. */
export type QuietWords = Int32Array;

const QUIET = 1 << 17;

export function createQuietWords(): QuietWords {
  return new Int32Array(QUIET);
}

/**
 * Adds the candidates that the words lead to, and to `drawn` the words that draw a name's word. Returns true if some word is a name's word
 * backwards.
 */
export function searchWords(
  text: FoldedText,
  view: WordView,
  index: WordIndex,
  quiet: QuietWords,
  candidates: Candidate[],
  drawn: DrawnWords,
): boolean {
  let backwards = false;
  for (let word = 0; word < view.count; word++) {
    const from = view.from[word]!;
    if ((text.flags[from]! & s.UNSPACED) !== 0) continue;
    const to = view.to[word]!;
    const hash = view.hash[word]!;
    const isMasked = touchesStars(text, from, to);
    if (!isMasked && quiet[hash & (QUIET - 1)] === hash) continue;
    const isExact = mayHold(index.exact, hash);
    if (isExact) followExact(text, view, index, word, candidates);
    const size = to - from;
    if (size > LONGEST) continue;
    let isQuiet = !isExact;
    if (size >= SHORTEST) {
      const isOrdinary = view.isOrdinary(word);
      if (!isOrdinary) backwards ||= holdsReversed(index, hash);
      if (!isOrdinary || isMasked) {
        isQuiet = !followNear(text, view, index, word, candidates) && isQuiet && !isMasked;
        if (!isOrdinary) {
          const reading = drawnWord(text, from, to, drawn.nameWords);
          if (reading !== undefined) {
            drawn.edits.push({ from: text.fromOf(from), to: text.toOf(to - 1), text: reading });
            isQuiet = false;
          }
        }
      } else {
        // A foreign ordinary word counts as ordinary only in a text of that language.
        isQuiet = isQuiet && view.isEnglish(word);
      }
    }
    if (isQuiet) quiet[hash & (QUIET - 1)] = hash;
  }
  return backwards;
}

function followExact(
  text: FoldedText,
  view: WordView,
  index: WordIndex,
  word: number,
  candidates: Candidate[],
): void {
  const { exact } = index;
  const hash = view.hash[word]!;
  const end = bucketEnd(exact, hash);
  for (let slot = bucketBegin(exact, hash); slot < end; slot++) {
    if (exact.hashes[slot] !== hash) continue;
    const value = exact.values[slot]!;
    const kind = kindOfLead(value);
    // An ordinary word is read as itself, not as a name's word reversed or without vowels.
    if (kind >= LEAD_CONSONANTS && view.zipf(word) >= ORDINARY && view.isOrdinary(word)) continue;
    follow(text, view, index, leadOf(value), word, 0, EVIDENCE_OF_LEAD[kind]!, candidates);
  }
}

/** Follows words within a few edits. Returns true if one of them led to a name. */
function followNear(
  text: FoldedText,
  view: WordView,
  index: WordIndex,
  word: number,
  candidates: Candidate[],
): boolean {
  const from = view.from[word]!;
  const to = view.to[word]!;
  const length = collapseInto(text.symbols, from, to, collapsed);
  const most = mostEdits(length);
  const isMasked = touchesStars(text, from, to);
  const count = nearWords(index.deletes, collapsed, length, isMasked ? most : mostDeletes(length), near);
  if (count === 0) return false;
  let hasFollowed = false;
  const letters = view.letters(word);
  const isOrdinary = view.isOrdinary(word);
  for (let at = 0; at < count; at++) {
    const nearAt = near[at]!;
    if (Math.abs(index.nearLengths[nearAt]! - length) > most) continue;
    if (isFarApart(index.nearLetters[nearAt]!, letters, most)) continue;
    const { symbols, limit, isExact, leads } = index.nearWords[nearAt]!;
    let edits = 0;
    const isCovered = isMasked && isMaskedForm(text, from, to, symbols);
    if (!isCovered) {
      if (isOrdinary || isExact) continue;
      const mustKeepEnds = limit === 2 && keepsEnds(symbols.length);
      const reach = mustKeepEnds && !hasSameEnds(collapsed, length, symbols) ? 1 : limit;
      edits = boundedDistance(collapsed, length, symbols, reach);
      if (edits === 0 || edits > reach || !hasSameDigits(text, from, to, symbols)) continue;
      if (edits === 2 && mustKeepEnds && !isTwoSlips(collapsed, length, symbols)) continue;
    }
    hasFollowed = true;
    for (const lead of leads) {
      follow(text, view, index, lead, word, edits, isCovered ? e.MASKED : e.TYPO, candidates);
    }
  }
  return hasFollowed;
}

function follow(
  text: FoldedText,
  view: WordView,
  index: WordIndex,
  lead: number,
  word: number,
  edits: number,
  evidence: e.EvidenceSet,
  candidates: Candidate[],
): void {
  if (!mayHaveCompanion(index.companions, lead, text, view, word)) return;
  const { name, place } = index.leads[lead]!;
  const isWhole = place === WHOLE || name.phrase.words.length === 1;
  // `think*` is a word with a note, and no other word that lacks a letter.
  if (isWhole && evidence === e.MASKED && view.zipf(word) >= ORDINARY) return;
  const candidate = isWhole
    ? judgeWholeWord(text, view, name, word, edits, evidence)
    : judgePhrase(text, view, name, place, word, edits, evidence);
  if (candidate !== undefined) candidates.push(candidate);
}

function holdsReversed(index: WordIndex, hash: number): boolean {
  const { exact } = index;
  if (!mayHold(exact, hash)) return false;
  const end = bucketEnd(exact, hash);
  for (let slot = bucketBegin(exact, hash); slot < end; slot++) {
    if (exact.hashes[slot] === hash && kindOfLead(exact.values[slot]!) === LEAD_REVERSED) return true;
  }
  return false;
}

/** True if both hold the same digits: a typo in a number makes a different number. */
function hasSameDigits(text: FoldedText, from: number, to: number, word: Int32Array): boolean {
  let at = from;
  for (const symbol of word) {
    if (!isDigit(symbol)) continue;
    while (at < to && !isDigit(text.symbols[at]!)) at++;
    if (at === to || text.symbols[at] !== symbol) return false;
    while (at < to && text.symbols[at] === symbol) at++;
  }
  while (at < to && !isDigit(text.symbols[at]!)) at++;
  return at === to;
}

function isDigit(symbol: number): boolean {
  return symbol >= 48 && symbol <= 57;
}
