/** Words that a policy wants, or doesn't want, around a match. They are compared folded, as whole words. */
import { foldText } from '../fold/fold-text.ts';
import { FoldedText } from '../fold/folded-text.ts';
import { hashWord } from '../words/word-hash.ts';
import { type WordView } from '../words/word-view.ts';

/** A phrase as the hashes of its words. */
export type ContextPhrase = readonly number[];

const scratch = new FoldedText();

export function contextPhrase(phrase: string): ContextPhrase {
  foldText(phrase, scratch);
  const { words, wordCount, symbols } = scratch;
  return Array.from({ length: wordCount }, (_, word) => hashWord(symbols, words[word]!, words[word + 1]!));
}

/** The first word at or after `from` where the phrase stands, or -1. */
export function findPhrase(view: WordView, phrase: ContextPhrase, from: number): number {
  for (let word = from; word + phrase.length <= view.count; word++) {
    if (phrase.every((hash, index) => view.hash[word + index] === hash)) return word;
  }
  return -1;
}

export function holdsAny(view: WordView, phrases: readonly ContextPhrase[]): boolean {
  return phrases.some((phrase) => findPhrase(view, phrase, 0) >= 0);
}

/** Whether one of the phrases stands in the text around the UTF-16 units from `from` to `to`. */
export function isWithinAny(
  text: FoldedText,
  view: WordView,
  phrases: readonly ContextPhrase[],
  from: number,
  to: number,
): boolean {
  return phrases.some((phrase) => {
    for (let word = findPhrase(view, phrase, 0); word >= 0; word = findPhrase(view, phrase, word + 1)) {
      const last = word + phrase.length - 1;
      if (text.from[view.from[word]!]! <= from && text.to[view.to[last]! - 1]! >= to) return true;
    }
    return false;
  });
}
