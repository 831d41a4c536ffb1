/** Reads a field again when a later step needs it, because only the text folded last is kept. */
import { foldText } from '../fold/fold-text.ts';
import { type FoldedText } from '../fold/folded-text.ts';
import { type WordView } from '../words/word-view.ts';

export class FieldReader {
  readonly #view: WordView;
  readonly #gluedLength: number;
  #folded: FoldedText | undefined;

  constructor(view: WordView, gluedLength: number) {
    this.#view = view;
    this.#gluedLength = gluedLength;
  }

  /** Folds a text and reads its words. Both results are valid until the next call. */
  read(text: string): { readonly folded: FoldedText; readonly view: WordView } {
    const folded = foldText(text, this.#gluedLength);
    this.#view.read(folded);
    this.#folded = folded;
    return { folded, view: this.#view };
  }

  /** Does the same, but skips the work if the text was the last one read. */
  again(text: string): { readonly folded: FoldedText; readonly view: WordView } {
    const held = this.#folded;
    return held?.text === text ? { folded: held, view: this.#view } : this.read(text);
  }
}
