/** A name's word as a row of numbers: {@link FACTS} of them, then its symbols, then the hashes of its inflected forms. */
import { type PhraseWord } from './phrase.ts';

const SYMBOLS = 0;
const BITS = 1;
const HALF_ZIPFS = 2;
const HASH = 3;
const REVERSED = 4;
const CONSONANTS = 5;
const OWN = 6;
const LEAST = 7;
const MOST = 8;
const LIMIT = 9;
const FACTS = 10;

const IS_LISTED = 1;
const HAS_DIGIT = 2;
const IS_CAPITAL = 4;

/** Frequencies are kept in half steps, as the table of known words has them. */
const STEPS_PER_ZIPF = 2;

export function wordRow(word: PhraseWord): number[] {
  const { symbols, letters, inflected } = word;
  const bits =
    (word.isListed ? IS_LISTED : 0) | (word.hasDigit ? HAS_DIGIT : 0) | (word.isCapital ? IS_CAPITAL : 0);
  return [
    symbols.length,
    bits,
    word.zipf * STEPS_PER_ZIPF,
    word.hash,
    word.reversed,
    word.consonants,
    letters.own,
    letters.least,
    letters.most,
    letters.limit,
    ...symbols,
    ...inflected,
  ];
}

/** Reads the row that begins and ends at these numbers. */
export function wordOfRow(numbers: Int32Array, from: number, to: number): PhraseWord {
  const bits = numbers[from + BITS]!;
  const afterSymbols = from + FACTS + numbers[from + SYMBOLS]!;
  const inflected: number[] = [];
  for (let at = afterSymbols; at < to; at++) inflected.push(numbers[at]!);
  return {
    symbols: numbers.subarray(from + FACTS, afterSymbols),
    letters: {
      own: numbers[from + OWN]!,
      least: numbers[from + LEAST]!,
      most: numbers[from + MOST]!,
      limit: numbers[from + LIMIT]!,
    },
    hash: numbers[from + HASH]!,
    zipf: numbers[from + HALF_ZIPFS]! / STEPS_PER_ZIPF,
    isListed: (bits & IS_LISTED) !== 0,
    hasDigit: (bits & HAS_DIGIT) !== 0,
    isCapital: (bits & IS_CAPITAL) !== 0,
    inflected,
    reversed: numbers[from + REVERSED]!,
    consonants: numbers[from + CONSONANTS]!,
  };
}
