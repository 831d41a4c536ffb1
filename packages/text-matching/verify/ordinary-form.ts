/** Words that no list holds, and that are still no typo: a listed word with an ending, or two listed words run together. */
import { type FoldedText } from '../fold/folded-text.ts';
import { HASH_START, finishHash, hashSymbol, hashWord } from '../hashing/word-hash.ts';
import { addedEndings } from '../languages/endings.ts';
import { languagesAt, slotOf, zipfAt } from '../words/known-words.ts';
import { type WordView } from '../words/word-view.ts';

/** The least letters of a word that has an ending, and of either word of two. */
const SHORTEST_STEM = 4;
const SHORTEST_PART = 3;
/** The least frequency (Zipf) of either word of two. */
const FREQUENT = 4.5;

/** True if a word is a listed word with an ending of the text's language: `quilta` in a Polish text. */
export function isInflectedWord(text: FoldedText, view: WordView, word: number): boolean {
  const from = view.from[word]!;
  const to = view.to[word]!;
  const letters = String.fromCodePoint(...text.symbols.subarray(from, to));
  return view.foreignLanguages().some((language) =>
    [...addedEndings(language)].some((ending) => {
      const end = to - ending.length;
      return (
        end - from >= SHORTEST_STEM &&
        letters.endsWith(ending) &&
        slotOf(view.known, hashWord(text.symbols, from, end)) >= 0
      );
    }),
  );
}

/** True if a word is two frequent words of one language: `mariasol`. */
export function isRunTogether({ symbols }: FoldedText, view: WordView, word: number): boolean {
  const to = view.to[word]!;
  let hash = HASH_START;
  let last = 0;
  for (let at = view.from[word]!; at < to - SHORTEST_PART; at++) {
    if (symbols[at] !== last) hash = hashSymbol(hash, symbols[at]!);
    last = symbols[at]!;
    if (at + 1 - view.from[word]! < SHORTEST_PART) continue;
    const ahead = languagesOf(view, finishHash(hash));
    if (ahead !== 0 && (ahead & languagesOf(view, hashWord(symbols, at + 1, to))) !== 0) return true;
  }
  return false;
}

/** The languages of a frequent word, as bits; 0 for any other. */
function languagesOf({ known }: WordView, hash: number): number {
  const slot = slotOf(known, hash);
  return slot >= 0 && zipfAt(known, slot) >= FREQUENT ? languagesAt(known, slot) : 0;
}
