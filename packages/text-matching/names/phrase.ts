/** A name as words, for the search for typos, inflected forms, gaps and changed order. */
import { foldText } from '../fold/fold-text.ts';
import { isHangulLetter } from '../fold/hangul.ts';
import * as s from '../fold/symbol-flags.ts';
import { inflectedForms } from '../languages/endings.ts';
import { companionLimit } from '../fuzzy/edit-limits.ts';
import { isVowel } from '../languages/vowels.ts';
import { type WordTable } from '../words/known-words.ts';
import { hashReversed, hashWord } from '../hashing/word-hash.ts';
import { formLetters, type FormLetters } from '../words/form-letters.ts';
import { WordView } from '../words/word-view.ts';

export interface PhraseWord {
  /** Folded, repeats collapsed. */
  readonly symbols: Int32Array;
  /** The letters of its forms. */
  readonly letters: FormLetters;
  readonly hash: number;
  /** Its frequency ({@link WordTable}); 0 for an unknown word. */
  readonly zipf: number;
  /** True if some list of words holds it. */
  readonly isListed: boolean;
  readonly hasDigit: boolean;
  readonly isCapital: boolean;
  /** Hashes of its inflected forms. */
  readonly inflected: readonly number[];
  /** The hash of the word backwards. */
  readonly reversed: number;
  /** The hash of its first letter and its consonants; 0 if they are too few to identify it. */
  readonly consonants: number;
}

export interface Phrase {
  readonly item: number;
  readonly words: readonly PhraseWord[];
  /** All words joined into one, repeats collapsed. */
  readonly joined: Int32Array;
  /** The hash of all words' first letters and consonants, joined; 0 if they are too few. */
  readonly joinedConsonants: number;
  /** True if some word is not ordinary, so that finding it proves much. */
  readonly isRare: boolean;
  /** True if some word is in no list of words. The Korean list lacks most compounds, so it proves nothing. */
  readonly isCoined: boolean;
}

/** A word rarer than this (Zipf) is as telling as a name. */
const RARE = 2;
/** The frequency of a number: numbers are everywhere. */
const NUMBER_ZIPF = 6;
/** The letters that a word must keep without its vowels: beside another word, and alone. */
const FEWEST_CONSONANTS = 3;
const FEWEST_ALONE = 5;

let reused: WordView | undefined;

export function phraseOf(item: number, spelling: string, language: string, known: WordTable): Phrase {
  const scratch = foldText(spelling);
  reused ??= new WordView(known);
  const view = reused;
  view.read(scratch);
  const words = Array.from({ length: view.count }, (_, word): PhraseWord => {
    const letters = scratch.symbols.slice(view.from[word], view.to[word]);
    const symbols = collapse(letters);
    const flags = scratch.flags.subarray(view.from[word], view.to[word]);
    const forms = inflectedForms(String.fromCodePoint(...letters), language).map(symbolsOf);
    const shortened = withoutVowels(symbols);
    const hasDigit = flags.some((own) => (own & s.DIGIT) !== 0);
    return {
      symbols,
      letters: formLetters(symbols, [...forms, shortened], hasDigit ? 0 : companionLimit(symbols.length)),
      hash: view.hash[word]!,
      zipf: flags.every((own) => (own & s.DIGIT) !== 0) ? NUMBER_ZIPF : view.zipf(word),
      isListed: view.slot(word) >= 0,
      hasDigit,
      isCapital: (flags[0]! & s.UPPER) !== 0,
      inflected: forms.map((form) => hashWord(form, 0, form.length)),
      reversed: hashReversed(symbols, 0, symbols.length),
      consonants: hashOfConsonants(symbols, shortened, view.count > 1 ? FEWEST_CONSONANTS : FEWEST_ALONE),
    };
  });
  const shortened = words.flatMap((word) => [...withoutVowels(word.symbols)]);
  return {
    item,
    words,
    joinedConsonants: words.length > 1 ? hashOfSome(collapse(Int32Array.from(shortened)), FEWEST_ALONE) : 0,
    joined: joinedOf(words),
    isRare: words.some((word) => word.zipf < RARE && word.symbols.length >= 4),
    isCoined: words.some(
      (word) => !word.isListed && word.symbols.length >= 4 && !isHangulLetter(word.symbols[0]!),
    ),
  };
}

/** The symbols of all words, repeats collapsed. */
export function joinedOf(words: readonly PhraseWord[]): Int32Array {
  const [only] = words;
  // A word has no repeats.
  if (only !== undefined && words.length === 1) return only.symbols;
  const joined = new Int32Array(words.reduce((sum, { symbols }) => sum + symbols.length, 0));
  let length = 0;
  for (const { symbols } of words) {
    for (let at = 0; at < symbols.length; at++) {
      if (length === 0 || joined[length - 1] !== symbols[at]) joined[length++] = symbols[at]!;
    }
  }
  return joined.subarray(0, length);
}

/** Removes repeats. */
function collapse(symbols: Int32Array): Int32Array {
  return symbols.filter((symbol, index) => symbol !== symbols[index - 1]);
}

function symbolsOf(folded: string): Int32Array {
  return Int32Array.from(Array.from(folded, (character) => character.codePointAt(0)!));
}

function hashOfConsonants(symbols: Int32Array, shortened: Int32Array, fewest: number): number {
  const collapsed = collapse(shortened);
  return collapsed.length === symbols.length ? 0 : hashOfSome(collapsed, fewest);
}

/** Shortens a word as people do: drops the vowels, but keeps the first letter. */
function withoutVowels(symbols: Int32Array): Int32Array {
  return symbols.filter((symbol, index) => index === 0 || !isVowel(symbol));
}

function hashOfSome(symbols: Int32Array, fewest: number): number {
  return symbols.length < fewest ? 0 : hashWord(symbols, 0, symbols.length);
}
