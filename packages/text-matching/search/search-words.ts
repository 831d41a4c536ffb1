/** Looks up every word of a text, to find names with typos, inflected forms, gaps or changed order. */
import { keepsEnds, mostDeletes, mostEdits } from '../fuzzy/edit-limits.ts';
import { isFarApart } from '../fuzzy/letter-set.ts';
import { nearWords } from '../fuzzy/symmetric-deletes.ts';
import { type FoldedText } from '../fold/folded-text.ts';
import * as s from '../fold/symbol-flags.ts';
import { type Candidate } from '../evidence/candidate.ts';
import { boundedDistance, hasSameEnds, isTwoSlips } from '../fuzzy/edit-distance.ts';
import { collapseInto, DOUBT } from '../verify/compare-word.ts';
import * as e from '../evidence/evidence.ts';
import { judgePhrase } from '../verify/judge-phrase.ts';
import { judgeWholeWord } from '../verify/judge-whole-word.ts';
import { isMaskedForm } from '../verify/masked-word.ts';
import { mayHaveCompanion } from './companions.ts';
import { drawnWord, type DrawnWords } from './drawn-words.ts';
import { bucketBegin, bucketEnd, isAt, mayHold } from '../hashing/hash-multimap.ts';
import { WHOLE } from './leads.ts';
import { symbolsOfNear, type NearWords } from './near-words.ts';
import { LEAD_CONSONANTS, LEAD_REVERSED, kindOfLead, leadOf, type WordIndex } from './word-index.ts';
import { type WordView } from '../words/word-view.ts';

/** The evidence of each kind of lead: same, inflected, consonants, reversed. */
const EVIDENCE_OF_LEAD = [0, e.INFLECTED, e.SHORTENED, e.REVERSED];
/** Words outside these lengths are not searched for typos. */
const SHORTEST = 4;
const LONGEST = 64;
/** Word lists contain abbreviations. A word rarer than this (Zipf) may still abbreviate a name. */
const ORDINARY = 3;
const FREQUENT = 4;
/** Candidates to be measured against one word of the text. */
const near = new Int32Array(256);
const collapsed = new Int32Array(LONGEST);

/** A name's word near a word of the text. */
interface NearHit {
  readonly edits: number;
  /** Its index among the near words. */
  readonly word: number;
}

/** Recent words of texts and their results in one index, in slots by their hashes. Most words of a text are among them. */
export interface RecentWords {
  /** The {@link tagOf} of words that led to no name. */
  readonly quiet: Uint16Array;
  /** Hashes of words near a name's word, and the words that they are near. */
  readonly near: Int32Array;
  readonly hits: NearHit[][];
}

const QUIET_BITS = 18;
const QUIET = 1 << QUIET_BITS;
const NEAR = 1 << 13;

/** The bits of a hash that its slot does not tell; 0 is a free slot. */
function tagOf(hash: number): number {
  return (hash >>> QUIET_BITS) + 1;
}

export function createRecentWords(): RecentWords {
  return {
    quiet: new Uint16Array(QUIET),
    near: new Int32Array(NEAR),
    hits: Array.from({ length: NEAR }, () => []),
  };
}

/**
 * Adds the candidates that the words lead to, and to `drawn` the words that draw a name's word. Returns true if some word is a name's word
 * backwards.
 */
export function searchWords(
  text: FoldedText,
  view: WordView,
  index: WordIndex,
  recent: RecentWords,
  candidates: Candidate[],
  drawn: DrawnWords,
): boolean {
  // The loop stays small, and its arrays local: most words of most texts get no farther than `quiet`.
  const { from: starts, to: ends, hash: hashes, count } = view;
  const { flags } = text;
  const { quiet } = recent;
  let backwards = false;
  for (let word = 0; word < count; word++) {
    const from = starts[word]!;
    if ((flags[from]! & s.UNSPACED) !== 0) continue;
    const hash = hashes[word]!;
    // As touchesStars does; written out, since a call here was measured at one part in a hundred.
    const isMasked = ((flags[from]! | flags[ends[word]!]!) & s.AFTER_STAR) !== 0;
    if (!isMasked && quiet[hash & (QUIET - 1)] === tagOf(hash)) continue;
    if (searchWord(text, view, index, word, isMasked, recent, candidates, drawn)) backwards = true;
  }
  return backwards;
}

/** Looks up one word. Returns true if it is a name's word backwards. */
function searchWord(
  text: FoldedText,
  view: WordView,
  index: WordIndex,
  word: number,
  isMasked: boolean,
  recent: RecentWords,
  candidates: Candidate[],
  drawn: DrawnWords,
): boolean {
  const from = view.from[word]!;
  const to = view.to[word]!;
  const hash = view.hash[word]!;
  const isExact = mayHold(index.exact, hash);
  if (isExact) followExact(text, view, index, word, candidates);
  const size = to - from;
  if (size > LONGEST) return false;
  let backwards = false;
  let isQuiet = !isExact;
  if (size >= SHORTEST) {
    const isOrdinary = view.isOrdinary(word);
    if (!isOrdinary) backwards = holdsReversed(index, hash);
    if (!isOrdinary || isMasked) {
      const hasFollowed = isMasked
        ? followMasked(text, view, index, word, candidates)
        : followNear(text, view, index, word, isExact, recent, candidates);
      isQuiet = !hasFollowed && isQuiet && !isMasked;
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
  if (isQuiet) recent.quiet[hash & (QUIET - 1)] = tagOf(hash);
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
    if (!isAt(exact, slot, hash)) continue;
    const value = exact.values[slot]!;
    const kind = kindOfLead(value);
    // An ordinary word is read as itself, not as a name's word reversed or without vowels. A rare one may be an abbreviation by chance.
    let doubt = 0;
    if (kind >= LEAD_CONSONANTS && view.zipf(word) >= ORDINARY && view.isOrdinary(word)) {
      if (kind !== LEAD_CONSONANTS || view.zipf(word) >= FREQUENT) continue;
      doubt = DOUBT;
    }
    follow(text, view, index, leadOf(value), word, 0, EVIDENCE_OF_LEAD[kind]!, candidates, doubt);
  }
}

/** Follows words within a few edits of a word that is not ordinary. Returns true if there are any. */
function followNear(
  text: FoldedText,
  view: WordView,
  index: WordIndex,
  word: number,
  isExact: boolean,
  recent: RecentWords,
  candidates: Candidate[],
): boolean {
  const hash = view.hash[word]!;
  const slot = hash & (NEAR - 1);
  if (recent.near[slot] !== hash) {
    const found = hitsOf(text, view, index, word);
    // A word that the index holds never becomes quiet, so its empty result is kept here.
    if (found.length === 0 && !isExact) return false;
    recent.near[slot] = hash;
    recent.hits[slot] = found;
  }
  const hits = recent.hits[slot]!;
  const { leadsAt, leads } = index.near;
  for (const hit of hits) {
    for (let at = leadsAt[hit.word]!; at < leadsAt[hit.word + 1]!; at++) {
      follow(text, view, index, leads[at]!, word, hit.edits, e.TYPO, candidates);
    }
  }
  return hits.length > 0;
}

/** Measures the words of names near a word. The result depends on the word's letters alone. */
function hitsOf(text: FoldedText, view: WordView, index: WordIndex, word: number): NearHit[] {
  const from = view.from[word]!;
  const to = view.to[word]!;
  const length = collapseInto(text.symbols, from, to, collapsed);
  const count = nearWords(index.deletes, collapsed, length, mostDeletes(length), near);
  const hits: NearHit[] = [];
  for (let at = 0; at < count; at++) {
    const other = near[at]!;
    if (!mayBeNear(index.near, other, length, view.letters(word))) continue;
    const limit = index.near.limits[other]!;
    if (limit === 0) continue;
    const edits = editsBetween(text, from, to, length, symbolsOfNear(index.near, other), limit);
    if (edits > 0) hits.push({ edits, word: other });
  }
  return hits;
}

/** Follows words that a word beside masks may be, or that it is near. Returns true if there are any. */
function followMasked(
  text: FoldedText,
  view: WordView,
  index: WordIndex,
  word: number,
  candidates: Candidate[],
): boolean {
  const from = view.from[word]!;
  const to = view.to[word]!;
  const length = collapseInto(text.symbols, from, to, collapsed);
  const count = nearWords(index.deletes, collapsed, length, mostEdits(length), near);
  const isOrdinary = view.isOrdinary(word);
  let hasFollowed = false;
  for (let at = 0; at < count; at++) {
    const other = near[at]!;
    if (!mayBeNear(index.near, other, length, view.letters(word))) continue;
    const symbols = symbolsOfNear(index.near, other);
    const limit = index.near.limits[other]!;
    const isCovered = isMaskedForm(text, from, to, symbols);
    if (!isCovered && (isOrdinary || limit === 0)) continue;
    const edits = isCovered ? 0 : editsBetween(text, from, to, length, symbols, limit);
    if (!isCovered && edits === 0) continue;
    hasFollowed = true;
    const { leadsAt, leads } = index.near;
    for (let lead = leadsAt[other]!; lead < leadsAt[other + 1]!; lead++) {
      follow(text, view, index, leads[lead]!, word, edits, isCovered ? e.MASKED : e.TYPO, candidates);
    }
  }
  return hasFollowed;
}

function mayBeNear(near: NearWords, word: number, length: number, letters: number): boolean {
  const most = mostEdits(length);
  if (Math.abs(near.lengths[word]! - length) > most) return false;
  return !isFarApart(near.letters[word]!, letters, most);
}

/** Counts the edits from the collapsed word to a name's word. Returns 0 if it is the same word or too far from it. */
function editsBetween(
  text: FoldedText,
  from: number,
  to: number,
  length: number,
  symbols: Int32Array,
  limit: number,
): number {
  const mustKeepEnds = limit === 2 && keepsEnds(symbols.length);
  const reach = mustKeepEnds && !hasSameEnds(collapsed, length, symbols) ? 1 : limit;
  const edits = boundedDistance(collapsed, length, symbols, reach);
  if (edits === 0 || edits > reach || !hasSameDigits(text, from, to, symbols)) return 0;
  return edits === 2 && mustKeepEnds && !isTwoSlips(collapsed, length, symbols) ? 0 : edits;
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
  doubt = 0,
): void {
  if (!mayHaveCompanion(index.companions, lead, text, view, word)) return;
  const name = index.names.at(index.leads.names[lead]!);
  const place = index.leads.places[lead]!;
  const isWhole = place === WHOLE || name.phrase.words.length === 1;
  // `think*` is a word with a note, and no other word that lacks a letter.
  if (isWhole && evidence === e.MASKED && view.zipf(word) >= ORDINARY) return;
  // Only the words beside it could settle the doubt.
  if (isWhole && doubt > 0) return;
  const candidate = isWhole
    ? judgeWholeWord(text, view, name, word, edits, evidence)
    : judgePhrase(text, view, name, place, word, edits, evidence, doubt);
  if (candidate !== undefined) candidates.push(candidate);
}

function holdsReversed(index: WordIndex, hash: number): boolean {
  const { exact } = index;
  if (!mayHold(exact, hash)) return false;
  const end = bucketEnd(exact, hash);
  for (let slot = bucketBegin(exact, hash); slot < end; slot++) {
    if (isAt(exact, slot, hash) && kindOfLead(exact.values[slot]!) === LEAD_REVERSED) return true;
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
