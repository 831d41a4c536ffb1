import { type Term } from '@leakwatch/contracts';
import { addedEndings } from '../languages/endings.ts';
import { policyOf, type TermPolicy } from '../policy/term-policy.ts';
import { type WordTable } from '../words/known-words.ts';
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
    endings: addedEndings(language),
  };
}
