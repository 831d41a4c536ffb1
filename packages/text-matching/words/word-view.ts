/** A folded text as words, with how ordinary each is. Reused from text to text. */
import { letterSet } from '../fuzzy/letter-set.ts';
import { type FoldedText } from '../fold/folded-text.ts';
import * as s from '../fold/symbol-flags.ts';
import { ENGLISH_BIT, LANGUAGE_COUNT, languagesAt, slotOf, zipfAt, type WordTable } from './known-words.ts';
import { HASH_START, finishHash, hashSymbol } from '../hashing/word-hash.ts';

/** A language counts as the text's own if it knows this share of the words that the best language knows. */
const NOT_LOOKED_UP = -2;
const OWN_SHARE = 0.75;

export class WordView {
  readonly known: WordTable;
  /** Per word: its first symbol, one past its last, and its hash. */
  from = new Int32Array(0);
  to = new Int32Array(0);
  hash = new Int32Array(0);
  count = 0;
  #slot = new Int32Array(0);
  /** {@link letterSet} of each word; 0 until it is asked for. */
  #letters = new Int32Array(0);
  #text: FoldedText | undefined;
  /** The text's languages as bits; 0 until they are asked for. */
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

  /** Where the table of known words holds the word; -1 where it doesn't. */
  slot(word: number): number {
    let slot = this.#slot[word]!;
    if (slot === NOT_LOOKED_UP) {
      slot = slotOf(this.known, this.hash[word]!);
      this.#slot[word] = slot;
    }
    return slot;
  }

  /** Its {@link letterSet}. */
  letters(word: number): number {
    if (this.#letters[word] === 0 && this.#text !== undefined) {
      this.#letters[word] = letterSet(this.#text.symbols, this.from[word]!, this.to[word]!);
    }
    return this.#letters[word]!;
  }

  /** How often the word occurs in the language that has it most (Zipf scale); 0 for a word of no language. */
  zipf(word: number): number {
    const slot = this.slot(word);
    return slot < 0 ? 0 : zipfAt(this.known, slot);
  }

  /** Whether it is an ordinary English word, which counts in every text. */
  isEnglish(word: number): boolean {
    const slot = this.slot(word);
    return slot >= 0 && (languagesAt(this.known, slot) & ENGLISH_BIT) !== 0;
  }

  /** Whether it is an ordinary word in a language that the text is written in, or in English. */
  isOrdinary(word: number): boolean {
    const slot = this.slot(word);
    if (slot < 0) return false;
    const languages = languagesAt(this.known, slot);
    if ((languages & ENGLISH_BIT) !== 0) return true;
    if (this.#languages === 0) this.#languages = this.#ownLanguages();
    return (languages & this.#languages) !== 0;
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
      const languages = languagesAt(this.known, slot);
      for (let language = 0; language < LANGUAGE_COUNT; language++) {
        if ((languages & (1 << language)) === 0) continue;
        counts[language]!++;
        if (counts[language]! > most) most = counts[language]!;
      }
    }
    // Never 0: that says they are not known yet.
    let own = ENGLISH_BIT;
    for (let language = 0; language < LANGUAGE_COUNT; language++) {
      if (counts[language]! > 0 && counts[language]! >= OWN_SHARE * most) own |= 1 << language;
    }
    return own;
  }
}
