import { FoldedText } from './folded-text.ts';
import * as s from './symbol-flags.ts';

/** Flags about the gap before a symbol. In the mirror the gap follows the symbol. */
const BEFORE =
  s.AFTER_ANY | s.AFTER_INVISIBLE | s.AFTER_STAR | s.AFTER_MASK | s.AFTER_LAST_PICTURE | s.START | s.HUMP;
/** Pairs of letters that are each other upside down, so that neither needs a turned form. */
const TURNED_PAIRS = new Map(
  [...'nu un dp pd bq qb'.split(' ')].map((pair) => [pair.charCodeAt(0), pair.charCodeAt(1)]),
);

const out = new FoldedText();

/**
 * Reverses a text, symbol by symbol. If it holds letters upside down, it also turns the letters that look like others upside down.
 * Offsets still point into the original, so they decrease. The result is valid until the next call.
 */
export function mirrorText(text: FoldedText): FoldedText {
  out.reset(text.text);
  const { length } = text;
  for (let at = 0; at < length; at++) {
    const source = length - 1 - at;
    const before = text.flags[source + 1]! & BEFORE;
    const symbol = text.symbols[source]!;
    const isTurned = text.hasTurned && (text.flags[source]! & s.COMPAT) === 0;
    out.symbols[at] = isTurned ? (TURNED_PAIRS.get(symbol) ?? symbol) : symbol;
    out.flags[at] = (text.flags[source]! & ~BEFORE) | before | s.PLACED;
    out.placedFrom[at] = text.from[source]!;
    out.placedTo[at] = text.to[source]!;
    if ((before & s.START) !== 0) out.starts[out.startCount++] = at;
  }
  out.length = length;
  out.symbols[length] = 0;
  out.symbols[length + 1] = 0;
  out.flags[length] = s.START | s.AFTER_NOTHING;
  out.flags[length + 1] = s.START | s.AFTER_NOTHING;
  return out;
}
