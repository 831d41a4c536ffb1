/** Finds letters masked at the ends of a word (`*mber`, `Kindlin*`). The scan finds those within a word. */
import { isStar } from '../fold/fold-table.ts';
import { type FoldedText } from '../fold/folded-text.ts';
import { AFTER_STAR } from '../fold/symbol-flags.ts';

const FEWEST_LETTERS = 3;

/** True if stars, which may hide letters, touch the symbols on either side. */
export function touchesStars(text: FoldedText, from: number, to: number): boolean {
  return ((text.flags[from]! | text.flags[to]!) & AFTER_STAR) !== 0;
}

/** True if the text's symbols are the word without the letters that the masks at its ends replace. */
export function isMaskedForm(text: FoldedText, from: number, to: number, word: Int32Array): boolean {
  if (!touchesStars(text, from, to)) return false;
  const ahead = masksBetween(text, from === 0 ? 0 : text.to[from - 1]!, text.from[from]!, false);
  const behind = masksBetween(
    text,
    text.to[to - 1]!,
    to < text.length ? text.from[to]! : text.text.length,
    true,
  );
  if (ahead + behind === 0 || ahead + behind > 2) return false;
  const visible = word.length - ahead - behind;
  if (visible < FEWEST_LETTERS) return false;
  let place = ahead;
  let last = 0;
  for (let at = from; at < to; at++) {
    const symbol = text.symbols[at]!;
    if (symbol === last) continue;
    if (place >= ahead + visible || word[place] !== symbol) return false;
    last = symbol;
    place++;
  }
  return place === ahead + visible;
}

/** Counts the masks that touch the word on one side: behind it or ahead of it. */
function masksBetween(text: FoldedText, from: number, to: number, behind: boolean): number {
  let count = 0;
  while (from + count < to && isStar(text.text.charCodeAt(behind ? from + count : to - 1 - count))) count++;
  return count;
}
