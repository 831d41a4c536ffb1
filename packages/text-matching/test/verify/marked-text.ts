import { foldText } from '../../fold/fold-text.ts';
import { type FoldedText } from '../../fold/folded-text.ts';
import { loadKnownWords } from '../../words/known-words.ts';
import { WordView } from '../../words/word-view.ts';

/** A text as symbols and as words, with the symbols that stood between `‹` and `›`. */
export interface MarkedText {
  readonly text: FoldedText;
  readonly view: WordView;
  readonly start: number;
  readonly end: number;
}

export function readMarked(marked: string): MarkedText {
  const start = foldText(marked.slice(0, marked.indexOf('‹'))).length;
  const end = foldText(marked.slice(0, marked.indexOf('›')).replace('‹', '')).length;
  const text = foldText(marked.replace('‹', '').replace('›', ''));
  const view = new WordView(loadKnownWords());
  view.read(text);
  return { text, view, start, end };
}
