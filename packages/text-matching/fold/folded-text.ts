import { AFTER_NOTHING, PLACED, SOFT, START } from './symbol-flags.ts';

/** UTF-16 units that are folded at once. */
export const LONGEST_TEXT = 1 << 18;
/** A unit gives at most three symbols (a Hangul syllable, a ligature); two entries stand after the end. */
const ROOM = 3 * LONGEST_TEXT + 2;
/** In shorter ones there is no room for a name and another word. */
export const GLUED_LENGTH = 10;
/** Farther back, all places are worked out at once. */
const FAR = 32;

/**
 * A text as the engines read it: one symbol per letter or digit, with where it stood in the original and what stood before it. What
 * separates words is no symbol but a flag, so that a name reads the same joined, hyphenated, spaced out or split by an emoji.
 *
 * Its arrays are made once, for the longest text there is, and never replaced: so a loop over them finds them where they always are. What
 * no text has reached takes no memory. Only the first `length` symbols and `startCount` starts count.
 */
export class FoldedText {
  text = '';
  /** Chunks of at least so many symbols are searched for names glued to other words. */
  gluedLength = GLUED_LENGTH;
  /** Folded code points. One entry past the end is 0. */
  readonly symbols = new Int32Array(ROOM);
  /** `symbol-flags.ts`. One entry past the end says that nothing follows. */
  readonly flags = new Int32Array(ROOM);
  length = 0;
  /** Where the symbols that are {@link PLACED} stand in the original. */
  readonly placedFrom = new Int32Array(ROOM);
  readonly placedTo = new Int32Array(ROOM);
  /** Symbols where a name may start. */
  readonly starts = new Int32Array(2 * ROOM);
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
  readonly units = new Uint16Array(LONGEST_TEXT);
  readonly #unitBytes = Buffer.from(this.units.buffer);
  #isPlaced = false;

  /** @throws RangeError for a text of more than {@link LONGEST_TEXT} UTF-16 units */
  reset(text: string): void {
    if (text.length > LONGEST_TEXT) {
      throw new RangeError(
        `a text of ${text.length} UTF-16 units can't be folded at once: ${LONGEST_TEXT} at most`,
      );
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
