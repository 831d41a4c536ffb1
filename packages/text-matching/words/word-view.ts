/** A folded text as words, with how ordinary each is. Reused from text to text. */
import { type FoldedText } from '../fold/folded-text.ts';
import * as s from '../fold/symbol-flags.ts';
import { zipfOf, type WordTable } from './known-words.ts';
import { HASH_START, finishHash, hashSymbol } from './word-hash.ts';

export class WordView {
  readonly known: WordTable;
  /** Per word: its first symbol, one past its last, its hash, and its Zipf frequency (0: no known word). */
  from = new Int32Array(0);
  to = new Int32Array(0);
  hash = new Int32Array(0);
  zipf = new Float32Array(0);
  count = 0;

  constructor(known: WordTable) {
    this.known = known;
  }

  read(text: FoldedText): void {
    const { words, wordCount } = text;
    if (this.from.length < wordCount) {
      const size = Math.max(256, 2 * wordCount);
      this.from = new Int32Array(size);
      this.to = new Int32Array(size);
      this.hash = new Int32Array(size);
      this.zipf = new Float32Array(size);
    }
    const { symbols, flags } = text;
    for (let word = 0; word < wordCount; word++) {
      const from = words[word]!;
      let hash = HASH_START;
      let last = 0;
      let to = from;
      do {
        const symbol = symbols[to]!;
        if (symbol !== last) hash = hashSymbol(hash, symbol);
        last = symbol;
        to++;
      } while ((flags[to]! & (s.START | s.SOFT)) === 0);
      this.from[word] = from;
      this.to[word] = to;
      this.hash[word] = finishHash(hash);
      this.zipf[word] = zipfOf(this.known, this.hash[word]!);
    }
    this.count = wordCount;
  }
}
