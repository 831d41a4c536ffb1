/** Limits on the edits between a word and a name's word, by length with repeats collapsed. */
const ONE_EDIT = 5;
const TWO_EDITS = 8;
/** In words up to this length, two edits must look like slips: `Venturin` is another word than `Ventoria`. */
const SHORT_FOR_TWO = 8;

/** The edit limit for a word of the text. The name's word may be longer by as many letters. */
export function mostEdits(length: number): number {
  return length < TWO_EDITS - 2 ? 1 : 2;
}

/**
 * The symbols to delete from a word of the text without masks. A word two letters short of the shortest name's word with two edits keeps
 * that word's ends, so at most its last symbol is to be deleted.
 */
export function mostDeletes(length: number): number {
  return length < TWO_EDITS - 1 ? 1 : 2;
}

/** True for a name's word so short that two edits must leave its first and last letters. */
export function keepsEnds(length: number): boolean {
  return length <= SHORT_FOR_TWO;
}

export function editLimit(length: number): number {
  if (length < ONE_EDIT) return 0;
  return length < TWO_EDITS ? 1 : 2;
}

/** The edit limit for a word beside another word of its name: even a short one may have a typo. */
export function companionLimit(length: number): number {
  if (length < 3) return 0;
  return length < TWO_EDITS ? 1 : 2;
}
