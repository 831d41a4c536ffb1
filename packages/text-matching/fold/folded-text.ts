import { AFTER_NOTHING, PLACED, SOFT, START } from './symbol-flags.ts';

/** In shorter ones there is no room for a name and another word. */
const GLUED_LENGTH = 10;
/** Farther back, all places are worked out at once. */
const FAR = 32;

/**
 * A text as the engines read it: one symbol per letter or digit, with where it stood in the original and what stood before it. What
 * separates words is no symbol but a flag, so that a name reads the same joined, hyphenated, spaced out or split by an emoji.
 *
 * The arrays are reused from text to text; only the first `length` symbols and `startCount` starts count.
 */
export class FoldedText {
  /** Chunks of at least so many symbols are searched for names glued to other words. */
  readonly gluedLength: number;

  text = '';
  /** Folded code points. One entry past the end is 0. */
  symbols = new Int32Array(0);
  /** `symbol-flags.ts`. One entry past the end says that nothing follows. */
  flags = new Int32Array(0);
  length = 0;
  /** Where the symbols that are {@link PLACED} stand in the original. */
  placedFrom = new Int32Array(0);
  placedTo = new Int32Array(0);
  /** Symbols where a name may start. */
  starts = new Int32Array(0);
  startCount = 0;
  latinLetters = 0;
  foreignLetters = 0;
  hasTurned = false;

  /** While folding: what stood since the last symbol (flags), and the first symbol and all flags of the present chunk. */
  after = 0;
  chunk = 0;
  chunkMask = 0;
  /** Where the last symbol ends in the original. */
  lastEnd = 0;
  /** The original's UTF-16 units: an array is read faster than a string. */
  units = new Uint16Array(0);
  #unitBytes = Buffer.alloc(0);
  #isPlaced = false;

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
      this.placedFrom = new Int32Array(size);
      this.placedTo = new Int32Array(size);
      this.starts = new Int32Array(2 * size);
      this.units = new Uint16Array(size);
      this.#unitBytes = Buffer.from(this.units.buffer);
    }
    this.text = text;
    this.#unitBytes.write(text, 0, 'utf16le');
    this.length = 0;
    this.startCount = 0;
    this.latinLetters = 0;
    this.foreignLetters = 0;
    this.hasTurned = false;
    this.after = AFTER_NOTHING;
    this.chunk = 0;
    this.chunkMask = 0;
    this.lastEnd = 0;
    this.#isPlaced = false;
  }

  /** First UTF-16 unit of each symbol's character in the original. */
  get from(): Int32Array {
    if (!this.#isPlaced) this.#placeAll();
    return this.placedFrom;
  }

  /** The unit after its last, marks included. */
  get to(): Int32Array {
    if (!this.#isPlaced) this.#placeAll();
    return this.placedTo;
  }

  /** Writes the first symbols of the words (runs of letters and digits) to `into`, which has room for all starts; returns how many. */
  readWords(into: Int32Array): number {
    const { starts, startCount, flags } = this;
    let count = 0;
    for (let index = 0; index < startCount; index++) {
      const start = starts[index]!;
      if ((flags[start]! & (START | SOFT)) === START) into[count++] = start;
    }
    return count;
  }

  /** One entry of {@link from}, without working out the others. */
  fromOf(at: number): number {
    for (let placed = at; placed > at - FAR; placed--) {
      if ((this.flags[placed]! & PLACED) === 0) continue;
      return placed === at ? this.placedFrom[at]! : this.placedTo[placed]! + at - placed - 1;
    }
    return this.from[at]!;
  }

  /** One entry of {@link to}. */
  toOf(at: number): number {
    return (this.flags[at]! & PLACED) !== 0 ? this.placedTo[at]! : this.fromOf(at) + 1;
  }

  /** The character that a symbol was folded from: its first code point. */
  pointAt(at: number): number {
    return this.text.codePointAt(this.fromOf(at))!;
  }

  /** Most texts hold nothing that anyone asks the place of, so it is worked out for those that do. */
  #placeAll(): void {
    const { flags, placedFrom, placedTo } = this;
    for (let at = 0; at < this.length; at++) {
      if ((flags[at]! & PLACED) !== 0) continue;
      const from = placedTo[at - 1]!;
      placedFrom[at] = from;
      placedTo[at] = from + 1;
    }
    this.#isPlaced = true;
  }
}
