/**
 * Reads a word that draws a name's word with other letters: `Prisrn` for Prism, `vvillow` for willow, `огсһагԁ` for orchard.
 * Asked only about words in no list of ordinary words, so plain text pays nothing.
 */
import { hasBits, setOf } from '../hashing/bit-set.ts';
import { NumberList } from '../hashing/number-list.ts';
import { HASH_START, finishHash, hashSymbol, hashWord } from '../hashing/word-hash.ts';
import { alternativesOf } from '../fold/fold-table.ts';
import { type FoldedText } from '../fold/folded-text.ts';
import { type TextEdit } from '../fold/rewritten-text.ts';
import * as s from '../fold/symbol-flags.ts';
import { type Name } from '../names/name.ts';

/** Two letters that look like one. */
const PAIRS = 'rnm nnm vvw uuw cld lck iiu cjg';
const ASCII = 128;
/** The letter that each pair looks like, or 0. */
const letterOfPair = new Uint8Array(ASCII * ASCII);
for (const entry of PAIRS.split(' ')) {
  const [first, second, letter] = codesOf(entry);
  letterOfPair[first! * ASCII + second!] = letter!;
}

/** Shorter words hold too few letters to tell a drawing from another word. */
const SHORTEST = 4;
const SHORTEST_FOREIGN = 5;
const LONGEST = 40;
/** The most readings of one word to try. */
const MOST_READINGS = 64;

/** The words of all names, and the words of one text that draw them. */
export interface DrawnWords {
  /** Hashes of the words, their forms, and of joined names. */
  readonly nameWords: Uint32Array;
  readonly edits: TextEdit[];
}

export class DrawnWordsBuilder {
  readonly #hashes = new NumberList();

  add({ phrase: { words, joined } }: Name): void {
    for (const { hash, inflected } of words) {
      this.#hashes.push(hash);
      for (const form of inflected) this.#hashes.push(form);
    }
    if (words.length > 1) this.#hashes.push(hashWord(joined, 0, joined.length));
  }

  build(): DrawnWords {
    return { nameWords: setOf(this.#hashes), edits: [] };
  }
}

const letters = new Int32Array(2 * LONGEST);
let readingsLeft = 0;

/** Returns the name's word that the symbols draw, or undefined. `nameWords` holds the hashes of all names' words. */
export function drawnWord(
  text: FoldedText,
  from: number,
  to: number,
  nameWords: Uint32Array,
): string | undefined {
  const size = to - from;
  if (size < SHORTEST || size > LONGEST) return undefined;
  const isForeign = (text.flags[from]! & s.FOREIGN) !== 0;
  if (isForeign ? size < SHORTEST_FOREIGN || !isAllForeign(text, from, to) : !holdsDrawing(text, from, to)) {
    return undefined;
  }
  readingsLeft = MOST_READINGS;
  const length = isForeign
    ? readForeign(text, from, to, nameWords, 0, HASH_START)
    : readPairs(text, from, to, nameWords, 0, HASH_START, false);
  if (length < 0) return undefined;
  const word = String.fromCodePoint(...letters.subarray(0, length));
  return (text.flags[from]! & s.UPPER) === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1);
}

function holdsDrawing({ symbols }: FoldedText, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const symbol = symbols[at]!;
    if (symbol >= ASCII) return false;
    if (letterAt(symbols, at, to) !== 0) return true;
  }
  return false;
}

/** The letter that an ASCII symbol and the one after it look like together, or 0. */
function letterAt(symbols: Int32Array, at: number, to: number): number {
  const next = at + 1 < to ? symbols[at + 1]! : ASCII;
  return next < ASCII ? letterOfPair[symbols[at]! * ASCII + next]! : 0;
}

function isAllForeign({ flags }: FoldedText, from: number, to: number): boolean {
  const wanted = s.FOREIGN | s.HAS_ALTERNATIVES;
  for (let at = from; at < to; at++) if ((flags[at]! & wanted) !== wanted) return false;
  return true;
}

/** Tries every choice of pairs. Returns the number of letters of the first reading that is a name's word, or -1. */
function readPairs(
  text: FoldedText,
  at: number,
  to: number,
  nameWords: Uint32Array,
  length: number,
  hash: number,
  isChanged: boolean,
): number {
  if (at === to) {
    readingsLeft--;
    return isChanged && hasBits(nameWords, finishHash(hash)) ? length : -1;
  }
  if (readingsLeft <= 0) return -1;
  const symbol = text.symbols[at]!;
  const letter = letterAt(text.symbols, at, to);
  if (letter !== 0) {
    const found = readPairs(text, at + 2, to, nameWords, length + 1, add(hash, length, letter), true);
    if (found >= 0) return found;
  }
  return readPairs(text, at + 1, to, nameWords, length + 1, add(hash, length, symbol), isChanged);
}

/** Tries the Latin letters that each letter of another alphabet looks like. */
function readForeign(
  text: FoldedText,
  at: number,
  to: number,
  nameWords: Uint32Array,
  length: number,
  hash: number,
): number {
  if (at === to) {
    readingsLeft--;
    return hasBits(nameWords, finishHash(hash)) ? length : -1;
  }
  const isRepeat = length > 0 && text.symbols[at] === text.symbols[at - 1];
  for (const letter of alternativesOf(text.pointAt(at))) {
    if (readingsLeft <= 0) return -1;
    if (isRepeat && letter !== letters[length - 1]) continue;
    const found = readForeign(text, at + 1, to, nameWords, length + 1, add(hash, length, letter));
    if (found >= 0) return found;
  }
  return -1;
}

/** Writes a letter of the reading and returns its hash, in which repeats count once. */
function add(hash: number, length: number, letter: number): number {
  letters[length] = letter;
  return length > 0 && letters[length - 1] === letter ? hash : hashSymbol(hash, letter);
}

function codesOf(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}
