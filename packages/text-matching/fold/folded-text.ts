import { AFTER_NOTHING } from './symbol-flags.ts';

/** In shorter ones there is no room for a name and another word. */
const GLUED_LENGTH = 10;

/**
 * A text as the engines read it: one symbol per letter or digit, with where it stood in the original and what stood before it. What
 * separates words is no symbol but a flag, so that a name reads the same joined, hyphenated, spaced out or split by an emoji.
 *
 * The arrays are reused from text to text; only the first `length` symbols, `startCount` starts and `wordCount` words count.
 */
export class FoldedText {
  /** Chunks of at least so many symbols are searched for names glued to other words. */
  readonly gluedLength: number;

  text = '';
  /** Folded code points. One entry past the end is 0. */
  symbols = new Int32Array(0);
  /** `symbol-flags.ts`. One entry past the end says that nothing follows. */
  flags = new Int32Array(0);
  /** First UTF-16 unit of the character in the original. */
  from = new Int32Array(0);
  /** The unit after its last, marks included. */
  to = new Int32Array(0);
  length = 0;
  /** Symbols where a name may start. */
  starts = new Int32Array(0);
  startCount = 0;
  /** First symbols of the words (runs of letters and digits), and one past the last word's end. */
  words = new Int32Array(0);
  wordCount = 0;
  latinLetters = 0;
  foreignLetters = 0;
  hasTurned = false;

  /** While folding: what stood since the last symbol (flags), and the first symbol and all flags of the present chunk. */
  after = 0;
  chunk = 0;
  chunkMask = 0;

  constructor(gluedLength = GLUED_LENGTH) {
    this.gluedLength = gluedLength;
  }

  /** Makes room for a text of so many UTF-16 units. */
  reset(text: string): void {
    const units = text.length;
    // A unit gives at most three symbols (a Hangul syllable, a ligature); two entries stand after the end.
    const room = 3 * units + 2;
    if (this.symbols.length < room) {
      const size = Math.max(1024, room);
      this.symbols = new Int32Array(size);
      this.flags = new Int32Array(size);
      this.from = new Int32Array(size);
      this.to = new Int32Array(size);
      this.starts = new Int32Array(2 * size);
      this.words = new Int32Array(size);
    }
    this.text = text;
    this.length = 0;
    this.startCount = 0;
    this.wordCount = 0;
    this.latinLetters = 0;
    this.foreignLetters = 0;
    this.hasTurned = false;
    this.after = AFTER_NOTHING;
    this.chunk = 0;
    this.chunkMask = 0;
  }
}
