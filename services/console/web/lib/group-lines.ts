/** A line of a list with a heading before each group. */
export type Line<G, T> =
  | { readonly kind: 'heading'; readonly group: G }
  | { readonly kind: 'item'; readonly item: T; readonly index: number };

/** Puts a heading before each run of items of one group; those of no group (null) have none. The items keep their order. */
export function groupLines<G, T>(items: readonly T[], groupOf: (item: T) => G | null): Line<G, T>[] {
  const lines: Line<G, T>[] = [];
  let before: G | null = null;
  items.forEach((item, index) => {
    const group = groupOf(item);
    if (group !== null && group !== before) lines.push({ kind: 'heading', group });
    before = group;
    lines.push({ kind: 'item', item, index });
  });
  return lines;
}

/**
 * Gives the item to move to from another: the nearest below it that may be chosen, then the nearest above; null if none may.
 */
export function nextChoice<T>(items: readonly T[], from: number, mayChoose: (item: T) => boolean): T | null {
  const below = items.slice(from + 1).find(mayChoose);
  return below ?? items.slice(0, Math.max(from, 0)).findLast(mayChoose) ?? null;
}
