/** Compares one word of a text with one word of a name. */
import { boundedDistance } from '../fuzzy/edit-distance.ts';
import { type FoldedText } from '../fold/folded-text.ts';
import { type PhraseWord } from '../names/phrase.ts';
import { type WordView } from '../words/word-view.ts';
import * as e from './evidence.ts';
import { isMaskedForm } from './masked-word.ts';

export const DIFFERENT = -1;
/** Longer words are compared by their hashes only. */
const LONGEST = 64;

/** Beside another word of its name, a word rarer than this (Zipf) is rather a typo: word lists hold typos too. */
const ORDINARY = 3;

/** What the last word that matched differed in. */
export let wordEvidence: e.EvidenceSet = 0;

/** Edits between the words, or {@link DIFFERENT}; sets {@link wordEvidence}. */
export function compareWord(text: FoldedText, view: WordView, at: number, word: PhraseWord): number {
  wordEvidence = 0;
  const hash = view.hash[at]!;
  if (hash === word.hash) return 0;
  if (word.inflected.includes(hash)) {
    wordEvidence = e.INFLECTED;
    return 0;
  }
  if (isMaskedForm(text, view.from[at]!, view.to[at]!, word.symbols)) {
    wordEvidence = e.MASKED;
    return 0;
  }
  // An ordinary word is no typo, and a number is another number.
  if (word.hasDigit || (view.zipf(at) >= ORDINARY && view.isOrdinary(at))) return DIFFERENT;
  if (hash === word.reversed) {
    wordEvidence = e.REVERSED;
    return 0;
  }
  if (hash === word.consonants) {
    wordEvidence = e.SHORTENED;
    return 0;
  }
  const limit = companionLimit(word.symbols.length);
  if (limit === 0) return DIFFERENT;
  const edits = wordDistance(text, view.from[at]!, view.to[at]!, word.symbols, limit);
  if (edits > limit) return DIFFERENT;
  wordEvidence = e.TYPO;
  return edits;
}

/** Next to another word of its name even a short word may have a typo. */
function companionLimit(length: number): number {
  if (length < 3) return 0;
  return length < 9 ? 1 : 2;
}

const collapsed = new Int32Array(LONGEST);

/** Edits between the text's symbols from `from` up to `to`, repeats collapsed, and a word; `limit + 1` if they are more. */
export function wordDistance(
  text: FoldedText,
  from: number,
  to: number,
  word: Int32Array,
  limit: number,
): number {
  const length = collapseInto(text.symbols, from, to, collapsed);
  return boundedDistance(collapsed, length, word, limit);
}

/** Copies symbols without repeats; returns how many, at most as many as fit. */
export function collapseInto(symbols: Int32Array, from: number, to: number, into: Int32Array): number {
  let length = 0;
  let last = 0;
  for (let at = from; at < to && length < into.length; at++) {
    if (symbols[at] !== last) into[length++] = symbols[at]!;
    last = symbols[at]!;
  }
  return length;
}
