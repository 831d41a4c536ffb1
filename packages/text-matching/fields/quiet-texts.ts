/** Remembers short texts in which nothing was found: a creator's name, handle and address stand in each of their posts. */
import { type FieldPiece } from './field-pieces.ts';

const LONGEST = 100;
const MOST = 1 << 15;
/** Fewer digits than these may spell a part of a word, such as `gr33n`. */
const LEAST_DIGITS = 4;

export class QuietTexts {
  readonly #texts = new Set<string>();
  readonly #postNumber: RegExp;

  /** @param longestNumber - the digits of the longest number in a name */
  constructor(longestNumber: number) {
    const digits = Math.max(LEAST_DIGITS, longestNumber + 1);
    this.#postNumber = new RegExp(`(?<![\\p{L}\\p{N}])[0-9]{${digits},}(?![\\p{L}\\p{N}])`, 'gu');
  }

  /**
   * Returns what is remembered of a piece; undefined for one that hardly comes again. The addresses of a creator's posts differ in a
   * number. One between signs that is longer than any in a name is part of no name, so its length alone is kept.
   * Only then does the key differ from the text.
   */
  keyOf({ kind, text }: FieldPiece): string | undefined {
    if (text.length > LONGEST) return undefined;
    if (kind === 'display-name' || kind === 'handle') return text;
    return kind === 'address' ? text.replace(this.#postNumber, (number) => `\0${number.length}`) : undefined;
  }

  has(key: string): boolean {
    return this.#texts.has(key);
  }

  add(key: string): void {
    // Starting afresh costs a scan for each text in use, and needs no order of use.
    if (this.#texts.size >= MOST) this.#texts.clear();
    this.#texts.add(key);
  }
}
