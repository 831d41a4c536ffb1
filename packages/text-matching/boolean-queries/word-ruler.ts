/** Counts the words of a text, to measure how far apart two places are. */
import { type FoldedText } from '../fold/folded-text.ts';
import * as s from '../fold/symbol-flags.ts';
import { type WordView } from '../words/word-view.ts';

export interface WordRuler {
  /** Returns the word that contains a UTF-16 unit, or the last one before it. */
  wordAt(unit: number): number;
}

/** In scripts without spaces a dictionary says where words begin; everywhere else, what stands between them. */
export function wordRuler(text: FoldedText, view: WordView): WordRuler {
  for (let at = 0; at < text.length; at++) {
    if ((text.flags[at]! & s.UNSPACED) !== 0) return dictionaryRuler(text.text);
  }
  const begins = Int32Array.from({ length: view.count }, (_, word) => text.from[view.from[word]!]!);
  return { wordAt: (unit) => lastUpTo(begins, unit) };
}

let segmenter: Intl.Segmenter | undefined;

function dictionaryRuler(text: string): WordRuler {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'word' });
  const begins: number[] = [];
  for (const { index, isWordLike } of segmenter.segment(text)) if (isWordLike === true) begins.push(index);
  return { wordAt: (unit) => lastUpTo(begins, unit) };
}

/** Index of the last entry that is not larger than `unit`; 0 where all are. */
function lastUpTo(begins: ArrayLike<number>, unit: number): number {
  let low = 0;
  let high = begins.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (begins[middle]! <= unit) low = middle;
    else high = middle;
  }
  return low;
}
