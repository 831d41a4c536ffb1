/** A folded text as words, with the frequency of each. The object is reused from text to text. */
import { letterSet } from '../fuzzy/letter-set.ts';
import { type FoldedText } from '../fold/folded-text.ts';
import * as s from '../fold/symbol-flags.ts';
import {
  ENGLISH_BIT,
  LANGUAGE_CODES,
  LANGUAGE_COUNT,
  UNWEIGHED,
  englishZipfAt,
  languagesAt,
  slotOf,
  zipfAt,
  type WordTable,
} from './known-words.ts';
import { HASH_START, finishHash, hashSymbol } from '../hashing/word-hash.ts';

const NOT_LOOKED_UP = -2;
/** A language counts as the text's own if it knows this share of the words that the best language knows. */
const OWN_SHARE = 0.75;

export class WordView {
  readonly known: WordTable;
  /** For each word: its first symbol, one past its last, and its hash. */
  from = new Int32Array(0);
  to = new Int32Array(0);
  hash = new Int32Array(0);
  count = 0;
  #slot = new Int32Array(0);
  /** The {@link letterSet} of each word; 0 until first needed. */
  #letters = new Int32Array(0);
  #text: FoldedText | undefined;
  /** The text's languages as bits; 0 until first needed. */
  #languages = 0;
  readonly #counts = new Int32Array(LANGUAGE_COUNT);

  constructor(known: WordTable) {
    this.known = known;
  }

  read(text: FoldedText): void {
    this.#text = text;
    if (this.from.length < text.startCount) {
      const size = Math.max(256, 2 * text.startCount);
      this.from = new Int32Array(size);
      this.to = new Int32Array(size);
      this.hash = new Int32Array(size);
      this.#slot = new Int32Array(size);
      this.#letters = new Int32Array(size);
    }
    const { symbols, flags } = text;
    const wordCount = text.readWords(this.from);
    for (let word = 0; word < wordCount; word++) {
      const from = this.from[word]!;
      let hash = HASH_START;
      let last = 0;
      let to = from;
      do {
        const symbol = symbols[to]!;
        if (symbol !== last) hash = hashSymbol(hash, symbol);
        last = symbol;
        to++;
      } while ((flags[to]! & (s.START | s.SOFT)) === 0);
      this.to[word] = to;
      this.hash[word] = finishHash(hash);
      this.#slot[word] = NOT_LOOKED_UP;
      this.#letters[word] = 0;
    }
    this.count = wordCount;
    this.#languages = 0;
  }

  /** The word's slot in the table of known words; -1 for an unknown word. */
  slot(word: number): number {
    let slot = this.#slot[word]!;
    if (slot === NOT_LOOKED_UP) {
      slot = slotOf(this.known, this.hash[word]!);
      this.#slot[word] = slot;
    }
    return slot;
  }

  /** True for a word of digits. */
  isNumber(word: number): boolean {
    if (this.#text === undefined) return false;
    const { flags } = this.#text;
    const to = this.to[word]!;
    for (let at = this.from[word]!; at < to; at++) if ((flags[at]! & s.DIGIT) === 0) return false;
    return true;
  }

  /** The word's {@link letterSet}. */
  letters(word: number): number {
    if (this.#letters[word] === 0 && this.#text !== undefined) {
      this.#letters[word] = letterSet(this.#text.symbols, this.from[word]!, this.to[word]!);
    }
    return this.#letters[word]!;
  }

  /** The word's frequency (Zipf scale) in the language that uses it most; 0 for an unknown word. */
  zipf(word: number): number {
    const slot = this.slot(word);
    return slot < 0 ? 0 : zipfAt(this.known, slot);
  }

  /** The word's frequency in English alone; 0 for a word of other languages. */
  englishZipf(word: number): number {
    const slot = this.slot(word);
    return slot < 0 ? 0 : englishZipfAt(this.known, slot);
  }

  /** True for an ordinary English word. These count in every text. */
  isEnglish(word: number): boolean {
    const slot = this.slot(word);
    return slot >= 0 && (languagesAt(this.known, slot) & ENGLISH_BIT) !== 0;
  }

  /** True for an ordinary word in a language of the text, or in English. */
  isOrdinary(word: number): boolean {
    const slot = this.slot(word);
    if (slot < 0) return false;
    const languages = languagesAt(this.known, slot);
    if ((languages & ENGLISH_BIT) !== 0) return true;
    if (this.#languages === 0) this.#languages = this.#ownLanguages();
    return (languages & this.#languages) !== 0;
  }

  /** The codes of the text's languages but English. */
  foreignLanguages(): string[] {
    if (this.#languages === 0) this.#languages = this.#ownLanguages();
    const own = this.#languages & ~ENGLISH_BIT;
    return LANGUAGE_CODES.filter((_, language) => (own & (1 << language)) !== 0);
  }

  /** The word that holds a symbol, or the last before it. */
  wordAt(symbol: number): number {
    let low = 0;
    let high = this.count;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.from[middle]! <= symbol) low = middle;
      else high = middle;
    }
    return low;
  }

  #ownLanguages(): number {
    const counts = this.#counts.fill(0);
    let most = 0;
    for (let word = 0; word < this.count; word++) {
      const slot = this.slot(word);
      if (slot < 0) continue;
      for (let left = languagesAt(this.known, slot); left !== 0; left &= left - 1) {
        const language = 31 - Math.clz32(left & -left);
        counts[language]!++;
        if (counts[language]! > most) most = counts[language]!;
      }
    }
    // Never 0, which means not computed yet.
    let own = ENGLISH_BIT;
    for (let language = 0; language < LANGUAGE_COUNT; language++) {
      const known = counts[language]!;
      if (known === 0 || known < OWN_SHARE * most) continue;
      // One word of two or more proves little in a language without frequencies.
      if (known === 1 && this.count > 1 && (UNWEIGHED & (1 << language)) !== 0) continue;
      own |= 1 << language;
    }
    return own;
  }
}
