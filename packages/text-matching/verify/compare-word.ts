/** Compares one word of a text with one word of a name. */
import { boundedDistance } from '../fuzzy/edit-distance.ts';
import { type FoldedText } from '../fold/folded-text.ts';
import { isVowel } from '../languages/vowels.ts';
import { type PhraseWord } from '../names/phrase.ts';
import { mayBeForm } from '../words/form-letters.ts';
import { type WordView } from '../words/word-view.ts';
import * as e from '../evidence/evidence.ts';
import { isMaskedForm, touchesStars } from './masked-word.ts';

export const DIFFERENT = -1;
/** Longer words are compared by their hashes only. */
const LONGEST = 64;

/** Word lists contain typos. Beside another word of its name, a word rarer than this (Zipf) is taken for a typo. */
const ORDINARY = 3;
const SHORTEST_ORDINARY = 3;
const SHORTEST_WITHOUT_VOWELS = 2;
/** The doubt about a name's word without vowels, or with a typo, that is an ordinary word itself. */
export const DOUBT = 1;
const DOUBT_OF_FIRST_LETTER = 2;

/** The evidence of the last word that matched. */
export let wordEvidence: e.EvidenceSet = 0;
/**
 * Doubt about the last word that matched, because it is an ordinary word itself (`mods` for `moss`).
 * In powers of ten: the words around it must be that much less likely to meet by chance. 0 for any other word.
 */
export let doubt = 0;

/** Returns the edits between the words, or {@link DIFFERENT}. Sets {@link wordEvidence} and {@link doubt}. */
export function compareWord(text: FoldedText, view: WordView, at: number, word: PhraseWord): number {
  wordEvidence = 0;
  doubt = 0;
  const { own, least, most, limit } = word.letters;
  const from = view.from[at]!;
  const to = view.to[at]!;
  // Most words are ruled out here.
  const isMasked = touchesStars(text, from, to);
  if (!isMasked && !mayBeForm(view.letters(at), own, least, most, limit)) return DIFFERENT;
  const hash = view.hash[at]!;
  if (hash === word.hash) return 0;
  if (word.inflected.includes(hash)) {
    wordEvidence = e.INFLECTED;
    return 0;
  }
  if (isMasked && isMaskedForm(text, from, to, word.symbols)) {
    wordEvidence = e.MASKED;
    return 0;
  }
  // A number with a typo is a different number.
  if (word.hasDigit) return DIFFERENT;
  const isOrdinary = view.zipf(at) >= ORDINARY && view.isOrdinary(at);
  if (isWithoutVowels(text, from, to, word.symbols)) {
    wordEvidence = e.SHORTENED;
    if (isOrdinary) doubt = DOUBT;
    return 0;
  }
  if (isOrdinary) return compareOrdinary(text, view, at, word);
  if (hash === word.reversed) {
    wordEvidence = e.REVERSED;
    return 0;
  }
  return typoOf(text, view, at, word, limit);
}

/** True if the text holds only the word's first letter and its consonants. */
function isWithoutVowels(text: FoldedText, from: number, to: number, word: Int32Array): boolean {
  const { symbols } = text;
  let at = from;
  let last = 0;
  let kept = 0;
  for (let place = 0; place < word.length; place++) {
    const symbol = word[place]!;
    if (symbol === last || (place > 0 && isVowel(symbol))) continue;
    if (at === to || symbols[at] !== symbol) return false;
    while (at < to && symbols[at] === symbol) at++;
    last = symbol;
    kept++;
  }
  return at === to && kept >= SHORTEST_WITHOUT_VOWELS && kept < word.length;
}

/** Accepts an ordinary word as a typo by one edit. judge-phrase.ts then weighs the words around it. */
function compareOrdinary(text: FoldedText, view: WordView, at: number, word: PhraseWord): number {
  if (word.symbols.length < SHORTEST_ORDINARY) return DIFFERENT;
  const edits = typoOf(text, view, at, word, 1);
  // Slips rarely hit the first letter. Words that differ there are mostly unrelated (`mommy`, `tommy`).
  const isSameStart = text.symbols[view.from[at]!] === word.symbols[0];
  if (edits !== DIFFERENT) doubt = isSameStart ? DOUBT : DOUBT_OF_FIRST_LETTER;
  return edits;
}

function typoOf(text: FoldedText, view: WordView, at: number, word: PhraseWord, limit: number): number {
  if (limit === 0) return DIFFERENT;
  const edits = wordDistance(text, view.from[at]!, view.to[at]!, word.symbols, limit);
  if (edits > limit) return DIFFERENT;
  wordEvidence = e.TYPO;
  return edits;
}

const collapsed = new Int32Array(LONGEST);

/** Counts the edits between a word and the symbols from `from` up to `to`, repeats collapsed; `limit + 1` if there are more. */
function wordDistance(text: FoldedText, from: number, to: number, word: Int32Array, limit: number): number {
  const length = collapseInto(text.symbols, from, to, collapsed);
  return boundedDistance(collapsed, length, word, limit);
}

/** Copies symbols without repeats, as many as fit. Returns their number. */
export function collapseInto(symbols: Int32Array, from: number, to: number, into: Int32Array): number {
  let length = 0;
  let last = 0;
  for (let at = from; at < to && length < into.length; at++) {
    if (symbols[at] !== last) into[length++] = symbols[at]!;
    last = symbols[at]!;
  }
  return length;
}
