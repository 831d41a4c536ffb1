/** Where a name may begin and end within the words of a text. */
import { type FoldedText } from '../fold/folded-text.ts';
import * as s from '../fold/symbol-flags.ts';

export const NO_END = -1;
/** The longest ending that inflection adds, in symbols. */
const LONGEST_SUFFIX = 4;
const NUMBER_GOES_ON = s.AFTER_JOINER | s.AFTER_CLAUSE;

/** Whether a name may begin at a symbol: at the start of a word or of a part of one, and not amid a number. */
export function startsName(text: FoldedText, start: number): boolean {
  const own = text.flags[start]!;
  if ((own & (s.START | s.HUMP | s.UNSPACED)) === 0) return false;
  if ((own & s.DIGIT) === 0 || start === 0) return true;
  return !isOneNumber(text, start);
}

/**
 * Where a name that ends before symbol `end` ends as a word: there, or after the ending of an inflected form; {@link NO_END} where
 * the word goes on as another.
 */
export function endOfName(text: FoldedText, end: number): number {
  const next = text.flags[end]!;
  if ((next & s.CONTINUED) !== 0) return NO_END;
  if ((next & s.START) !== 0) return end < text.length && isOneNumber(text, end) ? NO_END : end;
  if ((next & (s.SOFT | s.UNSPACED)) !== 0) return end;
  const last = text.flags[end - 1]!;
  if ((last & s.UNSPACED) !== 0) return end;
  if ((next & s.HUMP) !== 0) return (last & s.DIGIT) === 0 || (next & s.UPPER) !== 0 ? end : NO_END;
  let until = end;
  while (until - end <= LONGEST_SUFFIX && (text.flags[until]! & (s.START | s.SOFT | s.HUMP)) === 0) until++;
  return isSuffix(text, end, until) ? until : NO_END;
}

/** Two digits with at most a decimal sign between them. */
function isOneNumber(text: FoldedText, at: number): boolean {
  const both = text.flags[at]! & text.flags[at - 1]! & s.DIGIT;
  if (both === 0) return false;
  const between = text.flags[at]! & s.AFTER_ANY;
  return between === 0 || ((between & NUMBER_GOES_ON) !== 0 && (between & ~NUMBER_GOES_ON) === 0);
}

function isSuffix(text: FoldedText, from: number, until: number): boolean {
  const suffix = String.fromCodePoint(...text.symbols.subarray(from, until));
  return suffix === 's' || suffix === 'es';
}
