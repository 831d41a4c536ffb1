import { boundedDistance } from '@leakwatch/text-matching/edit-distance';

/**
 * The name with the fewest edits from the one given; null if none is near enough.
 *
 * @param letters - of the name that are its own; at most a third of them may differ: beyond that it is another word
 */
export function nearestName(name: string, known: Iterable<string>, letters = name.length): string | null {
  const symbols = symbolsOf(name);
  let nearest: string | null = null;
  let limit = Math.floor(letters / 3);
  for (const one of known) {
    const distance = boundedDistance(symbols, symbols.length, symbolsOf(one), limit);
    if (distance > limit) continue;
    nearest = one;
    limit = distance - 1;
    if (limit < 0) break;
  }
  return nearest;
}

/** `; did you mean list?`, or nothing. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const nearest = nearestName(name, known);
  return nearest === null ? '' : `; did you mean ${nearest}?`;
}

function symbolsOf(name: string): Int32Array {
  return Int32Array.from(name, (symbol) => symbol.codePointAt(0) ?? 0);
}
