import { type Term } from '@leakwatch/contracts';
import { addedEndings } from '../languages/endings.ts';
import { policyOf, type TermPolicy } from '../policy/term-policy.ts';
import { type WordTable, slotOf, zipfAt } from '../words/known-words.ts';
import { hashWord } from '../words/word-hash.ts';
import { nameForm } from './name-form.ts';
import { phraseOf, type Phrase } from './phrase.ts';

/** A term, ready to be looked for. */
export interface Name {
  readonly index: number;
  readonly campaignId: string;
  readonly term: Term;
  readonly language: string;
  readonly phrase: Phrase;
  readonly policy: TermPolicy;
  /** One word, and an ordinary one. */
  readonly isOrdinary: boolean;
  /** One word, made of two ordinary ones: `tidepool`. */
  readonly isCompound: boolean;
  /** What inflection adds to it. */
  readonly endings: ReadonlySet<string>;
}

const LONGEST_TERM = 500;

/** Why a term can't be looked for. */
export class UnusableTermError extends Error {}

/** @throws UnusableTermError, PolicyError */
export function nameOf(index: number, campaignId: string, term: Term, known: WordTable): Name {
  if (term.text.length > LONGEST_TERM) {
    throw new UnusableTermError(`is longer than ${LONGEST_TERM} UTF-16 units`);
  }
  const form = nameForm(index, term.text);
  if (form === undefined) {
    throw new UnusableTermError(`\`${term.text}\` holds no letter or digit to look for`);
  }
  const language = term.lang ?? 'en';
  const phrase = phraseOf(index, term.text, language, known);
  const only = phrase.words.length === 1 ? phrase.words[0] : undefined;
  const isOrdinary = only !== undefined && only.zipf > 0;
  return {
    index,
    campaignId,
    term,
    language,
    phrase,
    policy: policyOf(term, form.key.length, isOrdinary),
    isOrdinary,
    isCompound: only !== undefined && isCompound(only.symbols, known),
    endings: addedEndings(language),
  };
}

/** Both parts of a compound are at least so long, and so frequent (Zipf). */
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
