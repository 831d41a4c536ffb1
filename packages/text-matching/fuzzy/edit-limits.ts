/** How many edits a word may have and still be taken for a name, by its length with repeats collapsed. */
const ONE_EDIT = 5;
const TWO_EDITS = 9;

export function editLimit(length: number): number {
  if (length < ONE_EDIT) return 0;
  return length < TWO_EDITS ? 1 : 2;
}
