import { addedEndings } from '../languages/endings.ts';
import { type TermPolicy } from '../policy/term-policy.ts';
import { slotOf, zipfAt, type WordTable } from '../words/known-words.ts';
import { hashWord } from '../hashing/word-hash.ts';
import { nameForm } from './name-form.ts';
import { phraseOf, type Phrase } from './phrase.ts';
import { versionOf } from './version.ts';

/** A text to look for: a term, or a leaf of a query. */
export interface Name {
  readonly index: number;
  readonly text: string;
  readonly language: string;
  readonly phrase: Phrase;
  readonly policy: TermPolicy;
  /** True if it has a version, which a text must not change. The figures of a price or a date are compared by their own rules. */
  readonly isVersioned: boolean;
  /** True for a single ordinary word. */
  readonly isOrdinary: boolean;
  /** True for a single word made of two ordinary ones: `tidepool`. */
  readonly isCompound: boolean;
  /** The endings that inflection adds to it. */
  readonly endings: ReadonlySet<string>;
}

const LONGEST_NAME = 500;

/** A text that cannot be looked for. The message says why. */
export class UnusableNameError extends Error {}

/** Derives the policy from the name's length and from whether it is ordinary. */
export type PolicyOf = (length: number, isOrdinary: boolean) => TermPolicy;

/** @throws UnusableNameError, and any error of `policyOf` */
export function nameOf(
  index: number,
  text: string,
  language: string,
  policyOf: PolicyOf,
  known: WordTable,
): Name {
  if (text.length > LONGEST_NAME) {
    throw new UnusableNameError(`is longer than ${LONGEST_NAME} UTF-16 units`);
  }
  const form = nameForm(index, text);
  if (form === undefined) throw new UnusableNameError(`\`${text}\` holds no letter or digit to look for`);
  const phrase = phraseOf(index, text, language, known);
  const only = phrase.words.length === 1 ? phrase.words[0] : undefined;
  const isOrdinary = only !== undefined && only.zipf > 0;
  const policy = policyOf(form.key.length, isOrdinary);
  const isValue = (policy.price ?? policy.code ?? policy.date) !== undefined;
  return {
    index,
    text,
    language,
    phrase,
    policy,
    isVersioned: !isValue && versionOf(text) !== undefined,
    isOrdinary,
    isCompound: only !== undefined && isCompound(only.symbols, known),
    endings: addedEndings(language),
  };
}

/** The least length and frequency (Zipf) of each part of a compound. */
const SHORTEST_PART = 3;
const PART_ZIPF = 3.5;

function isCompound(symbols: Int32Array, known: WordTable): boolean {
  for (let at = SHORTEST_PART; at <= symbols.length - SHORTEST_PART; at++) {
    if (isFrequent(symbols, 0, at, known) && isFrequent(symbols, at, symbols.length, known)) return true;
  }
  return false;
}

function isFrequent(symbols: Int32Array, from: number, to: number, known: WordTable): boolean {
  const slot = slotOf(known, hashWord(symbols, from, to));
  return slot >= 0 && zipfAt(known, slot) >= PART_ZIPF;
}
