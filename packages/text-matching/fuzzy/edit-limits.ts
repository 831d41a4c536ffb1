/** Limits on the edits between a word and a name's word, by length with repeats collapsed. */
const ONE_EDIT = 5;
const TWO_EDITS = 8;

/** The edit limit for a word of the text. The name's word may be longer by as many letters. */
export function mostEdits(length: number): number {
  return length < TWO_EDITS - 2 ? 1 : 2;
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
