/** Reads a field again when a later step needs it, because only the text folded last is kept. */
import { foldText } from '../fold/fold-text.ts';
import { type FoldedText } from '../fold/folded-text.ts';
import { type WordView } from '../words/word-view.ts';

export class FieldReader {
  /** The words of the text read last. */
  readonly view: WordView;
  readonly #gluedLength: number;
  #folded: FoldedText | undefined;

  constructor(view: WordView, gluedLength: number) {
    this.view = view;
    this.#gluedLength = gluedLength;
  }

  /** Folds a text and reads its words into {@link view}. Both are valid until the next call. */
  read(text: string): FoldedText {
    const folded = foldText(text, this.#gluedLength);
    this.view.read(folded);
    this.#folded = folded;
    return folded;
  }

  /** Does the same, but skips the work if the text was the last one read. */
  again(text: string): FoldedText {
    const held = this.#folded;
    return held?.text === text ? held : this.read(text);
  }
}
