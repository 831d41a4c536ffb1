import { AFTER_NOTHING, PLACED, SOFT, START } from './symbol-flags.ts';

/** The most UTF-16 units to fold at once. */
export const LONGEST_TEXT = 1 << 18;
/** One unit gives at most three symbols (a Hangul syllable, a ligature). Two entries follow the end. */
const ROOM = 3 * LONGEST_TEXT + 2;
/** A shorter chunk has no room for a name and another word. */
export const GLUED_LENGTH = 10;
/** The most symbols to walk back for one offset. Beyond that, all offsets are computed. */
const FAR = 32;

/**
 * A text as the engine reads it: one symbol per letter or digit, with its offset in the original and the separators before it.
 * Separators are flags, not symbols, so that a name reads the same joined, hyphenated, spaced out or split by an emoji.
 *
 * Its arrays have room for the longest text and are never replaced, which keeps loops over them fast. Parts never written take no
 * memory. Only the first `length` symbols and the first `startCount` starts are valid.
 */
export class FoldedText {
  text = '';
  /** The shortest chunk, in symbols, to search for names glued to other words. */
  gluedLength = GLUED_LENGTH;
  /** Folded code points. One entry past the end is 0. */
  readonly symbols = new Int32Array(ROOM);
  /** Flags from `symbol-flags.ts`. One entry past the end marks the end of the text. */
  readonly flags = new Int32Array(ROOM);
  length = 0;
  /** Offsets in the original of the symbols that are {@link PLACED}. */
  readonly placedFrom = new Int32Array(ROOM);
  readonly placedTo = new Int32Array(ROOM);
  /** The symbols at which a name may start. */
  readonly starts = new Int32Array(2 * ROOM);
  startCount = 0;
  latinLetters = 0;
  foreignLetters = 0;
  hasTurned = false;
  /** True if signs touch a letter that may draw another letter together: `|<`, `\/`. */
  hasDrawings = false;

  /** State while folding: flags since the last symbol, and the first symbol and all flags of the current chunk. */
  after = 0;
  chunk = 0;
  chunkMask = 0;
  /** The end of the last symbol in the original. */
  lastEnd = 0;
  /** The original's UTF-16 units. Reading an array is faster than reading a string. */
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
    this.hasDrawings = false;
    this.after = AFTER_NOTHING;
    this.chunk = 0;
    this.chunkMask = 0;
    this.lastEnd = 0;
    this.#isPlaced = false;
  }

  /** The first UTF-16 unit of each symbol's character in the original. */
  get from(): Int32Array {
    if (!this.#isPlaced) this.#placeAll();
    return this.placedFrom;
  }

  /** The unit after each symbol's character, marks included. */
  get to(): Int32Array {
    if (!this.#isPlaced) this.#placeAll();
    return this.placedTo;
  }

  /** Writes the first symbol of each word to `into`, which has room for all starts. Returns the number of words. */
  readWords(into: Int32Array): number {
    const { starts, startCount, flags } = this;
    let count = 0;
    for (let index = 0; index < startCount; index++) {
      const start = starts[index]!;
      if ((flags[start]! & (START | SOFT)) === START) into[count++] = start;
    }
    return count;
  }

  /** One entry of {@link from}, without computing the others. */
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

  /** The first code point of the character that a symbol was folded from. */
  pointAt(at: number): number {
    return this.text.codePointAt(this.fromOf(at))!;
  }

  /** Computes all offsets. Few texts need them, so it runs on demand. */
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
