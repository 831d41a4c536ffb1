/** How many edits a word may have and still be taken for a name, by its length with repeats collapsed. */
const ONE_EDIT = 5;
const TWO_EDITS = 9;

/** How many edits a word of the text may be from a name's word, which may be longer by as many. */
export function mostEdits(length: number): number {
  return length < TWO_EDITS - 2 ? 1 : 2;
}

export function editLimit(length: number): number {
  if (length < ONE_EDIT) return 0;
  return length < TWO_EDITS ? 1 : 2;
}

/** Next to another word of its name even a short word may have a typo. */
export function companionLimit(length: number): number {
  if (length < 3) return 0;
  return length < TWO_EDITS ? 1 : 2;
}
