import { folded } from '../fold/fold-text.ts';

/** Symbols after which a stretch counts as monotonous, and symbols at its end that are looked at all the same. */
const LONG = 512;
const EDGE = 128;
const LONGEST_PERIOD = 16;

// The arrays of the folded text are never replaced, so they are constants.
const { symbols, flags } = folded;

/**
 * Tells how far the last folded text repeats itself, symbol by symbol, from `from` on. Starts before the end returned see the same
 * symbols as those a period earlier, as far as any key reaches, so they find nothing new. Returns `from` for other text.
 */
export function monotonousUntil(from: number): number {
  for (let period = 1; period <= LONGEST_PERIOD; period++) {
    let at = from;
    while (symbols[at] !== 0 && symbols[at] === symbols[at + period] && flags[at] === flags[at + period])
      at++;
    if (at - from >= LONG) return at - EDGE;
  }
  return from;
}
