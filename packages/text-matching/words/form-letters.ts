/**
 * Which letters a word of a text has where it is a word of a name in some form: it rules out most words of a text before their symbols are
 * looked at.
 */
import { isFarApart, letterSet } from '../fuzzy/letter-set.ts';

/** As sets of letters ({@link letterSet}). */
export interface FormLetters {
  readonly own: number;
  /** Those that every form has. */
  readonly least: number;
  /** Those that any form has. */
  readonly most: number;
  /** Edits that a typo may take. */
  readonly limit: number;
}

/** @param forms - its inflected forms, and what is left of it without its vowels; masked, it has no other letters */
export function formLetters(symbols: Int32Array, forms: readonly Int32Array[], limit: number): FormLetters {
  const own = letterSet(symbols, 0, symbols.length);
  const sets = forms.map((form) => letterSet(form, 0, form.length));
  return {
    own,
    least: sets.reduce((least, set) => least & set, own),
    most: sets.reduce((most, set) => most | set, own),
    limit,
  };
}

/** Whether a word of these letters may be a form or a typo of the other; not asked of masked words, which have fewer. */
export function mayBeForm(letters: number, own: number, least: number, most: number, limit: number): boolean {
  return ((letters & ~most) | (least & ~letters)) === 0 || !isFarApart(letters, own, limit);
}
