/** Reads a post's fields again when a later step asks for one: only the text that was folded last is at hand. */
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

  /** Folds a text and reads its words. Both results are good until the next call. */
  read(text: string): { readonly folded: FoldedText; readonly view: WordView } {
    const folded = foldText(text, this.#gluedLength);
    this.#view.read(folded);
    this.#folded = folded;
    return { folded, view: this.#view };
  }

  /** The same for a text that may be the last one read. */
  again(text: string): { readonly folded: FoldedText; readonly view: WordView } {
    const held = this.#folded;
    return held?.text === text ? { folded: held, view: this.#view } : this.read(text);
  }
}
