/** Phrases that a policy requires or excludes around a match. They are compared folded, as whole words. */
import { foldText } from '../fold/fold-text.ts';
import { type FoldedText } from '../fold/folded-text.ts';
import { hashWord } from '../hashing/word-hash.ts';
import { type WordView } from '../words/word-view.ts';

/** A phrase as the hashes of its words. */
export type ContextPhrase = readonly number[];

export function contextPhrase(phrase: string): ContextPhrase {
  const scratch = foldText(phrase);
  const { symbols, length } = scratch;
  const words = new Int32Array(scratch.startCount);
  const begins = words.subarray(0, scratch.readWords(words));
  return Array.from(begins, (from, word) => hashWord(symbols, from, begins[word + 1] ?? length));
}

/** True if the text holds one of the phrases. */
export function holdsAny(view: WordView, phrases: readonly ContextPhrase[]): boolean {
  for (let word = 0; word < view.count; word++) {
    if (phrases.some((phrase) => standsAt(view, phrase, word))) return true;
  }
  return false;
}

/** True if one of the phrases covers the UTF-16 units from `from` to `to`. */
export function isWithinAny(
  text: FoldedText,
  view: WordView,
  phrases: readonly ContextPhrase[],
  from: number,
  to: number,
): boolean {
  const first = wordAtUnit(text, view, from);
  return phrases.some((phrase) => {
    for (let before = 0; before < phrase.length; before++) {
      const word = first - before;
      if (word < 0 || !standsAt(view, phrase, word)) continue;
      const last = word + phrase.length - 1;
      if (text.to[view.to[last]! - 1]! >= to) return true;
    }
    return false;
  });
}

function standsAt(view: WordView, phrase: ContextPhrase, word: number): boolean {
  if (phrase.length === 0 || word + phrase.length > view.count) return false;
  return phrase.every((hash, index) => view.hash[word + index] === hash);
}

/** The last word that begins at or before a UTF-16 unit. */
function wordAtUnit(text: FoldedText, view: WordView, unit: number): number {
  let low = 0;
  let high = view.count;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (text.from[view.from[middle]!]! <= unit) low = middle;
    else high = middle;
  }
  return low;
}
