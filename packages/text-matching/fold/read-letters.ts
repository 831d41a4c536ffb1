import { alternativesOf } from './fold-table.ts';
import { foldText } from './fold-text.ts';
import { LONGEST_TEXT } from './folded-text.ts';
import { HAS_ALTERNATIVES, SOFT } from './symbol-flags.ts';

/** A letter or digit of a text as the engine reads it, or a sign that touches a word and may stand for one. */
export interface ReadLetter {
  /** Folded: without case, accents and fancy forms. */
  readonly letter: string;
  /** Others that it may stand for, folded: `o` for a Cyrillic о, `i` and `l` for 1. The same array for the same character. */
  readonly others: readonly string[];
  /** Start and end (exclusive) of its character in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  /** `$`, `!`, `@` and their like, which are more often signs than letters. */
  readonly isSign: boolean;
}

/** Reads a text of any length, letter by letter. What stands between the letters is left out. */
export function readLetters(text: string): ReadLetter[] {
  const read: ReadLetter[] = [];
  for (let start = 0; start < text.length; start += LONGEST_TEXT) {
    const { symbols, flags, length, from, to } = foldText(text.slice(start, start + LONGEST_TEXT));
    for (let at = 0; at < length; at += 1) {
      const own = flags[at]!;
      const first = start + from[at]!;
      read.push({
        letter: String.fromCodePoint(symbols[at]!),
        others: (own & HAS_ALTERNATIVES) === 0 ? NONE : othersOf(text.codePointAt(first)!),
        from: first,
        to: start + to[at]!,
        isSign: (own & SOFT) !== 0,
      });
    }
  }
  return read;
}

const NONE: readonly string[] = [];

/** Made once for each character: they are as many as the table has. */
const keptOthers = new Map<number, readonly string[]>();

function othersOf(point: number): readonly string[] {
  const before = keptOthers.get(point);
  if (before !== undefined) return before;
  const others = alternativesOf(point).map((other) => String.fromCodePoint(other));
  keptOthers.set(point, others);
  return others;
}
