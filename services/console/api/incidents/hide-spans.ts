/** Stands for a term, and for the name of an asset. */
export const HIDDEN = '▇▇▇▇';

/** A text with its spans hidden, and where they are then. Their length is hidden, too. */
export function hideSpans(
  text: string,
  spans: readonly (readonly [number, number])[],
): { text: string; matches: [number, number][] } {
  let hidden = '';
  let at = 0;
  const matches: [number, number][] = [];
  for (const [from, to] of spans.toSorted((one, other) => one[0] - other[0])) {
    if (to <= at) continue;
    hidden += text.slice(at, Math.max(at, from));
    matches.push([hidden.length, hidden.length + HIDDEN.length]);
    hidden += HIDDEN;
    at = to;
  }
  return { text: hidden + text.slice(at), matches };
}
