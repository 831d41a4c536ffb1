import { isStar } from '../fold/fold-table.ts';
import { type FoldedText } from '../fold/folded-text.ts';
import * as s from '../fold/symbol-flags.ts';

const LONGEST_MASK = 4;
/** The most letters that pictures hide at the end of a word. */
const MOST_LAST = 3;
const { AFTER_LAST_PICTURE, NO_MASK } = s;

/**
 * Counts the letters that the signs before symbol `at` may hide: one for each sign or emoji. Returns 0 for too many signs, and for signs
 * that join words in plain text (an apostrophe, a full stop). If the gap holds a space, only stars that touch a word count.
 */
export function maskLength(text: FoldedText, at: number): number {
  if ((text.flags[at]! & NO_MASK) !== 0) return touchingStars(text, at) || lastPicture(text, at);
  const original = text.text;
  const end = at < text.length ? text.fromOf(at) : original.length;
  let count = 0;
  for (let unit = text.toOf(at - 1); unit < end && count <= LONGEST_MASK;) {
    const point = original.codePointAt(unit)!;
    if (isPlainJoiner(point)) return 0;
    // Variation selectors, zero-width joiners and skin tones belong to the emoji before them.
    const partOfEmoji = point === 0xfe0f || point === 0x200d || (point >= 0x1f3fb && point <= 0x1f3ff);
    if (!partOfEmoji) count++;
    unit += point > 0xffff ? 2 : 1;
  }
  return count > LONGEST_MASK ? 0 : count;
}

/** Counts stars at the end of the word before and at the start of the next: `Velor* *ist`. */
function touchingStars(text: FoldedText, at: number): number {
  const { units } = text;
  const from = text.toOf(at - 1);
  const to = at < text.length ? text.fromOf(at) : text.text.length;
  let count = 0;
  for (let unit = from; unit < to && isStar(units[unit]!); unit++) count++;
  for (let unit = to - 1; at < text.length && unit > from + count && isStar(units[unit]!); unit--) count++;
  return count > LONGEST_MASK ? 0 : count;
}

function isPlainJoiner(point: number): boolean {
  return point === 39 || point === 0x2019 || point === 46 || point === 44;
}

/** Counts equal pictures that replace a word's last letters: `Kestoli🌸`, `Nettle M🌸🌸`. */
function lastPicture(text: FoldedText, at: number): number {
  if ((text.flags[at]! & AFTER_LAST_PICTURE) === 0) return 0;
  const from = text.toOf(at - 1);
  const picture = String.fromCodePoint(text.text.codePointAt(from)!);
  let count = 1;
  while (count < MOST_LAST && text.text.startsWith(picture, from + count * picture.length)) count++;
  return count;
}
