/**
 * The letters that any form of a name's word can have. They rule out most words of a text before their symbols are read.
 */
import { isFarApart, letterSet } from '../fuzzy/letter-set.ts';

/** Sets of letters ({@link letterSet}), and the edit limit. */
export interface FormLetters {
  readonly own: number;
  /** Letters that every form has. */
  readonly least: number;
  /** Letters that some form has. */
  readonly most: number;
  /** The most edits of a typo. */
  readonly limit: number;
}

/** @param forms - its inflected forms, and its form without vowels. Masked forms add no letters. */
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

/** True if a word of these letters may be a form or a typo of the other. Do not ask for masked words, which lack letters. */
export function mayBeForm(letters: number, own: number, least: number, most: number, limit: number): boolean {
  return ((letters & ~most) | (least & ~letters)) === 0 || !isFarApart(letters, own, limit);
}
