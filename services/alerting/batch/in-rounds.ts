/**
 * Cuts a batch into rounds: in one of them each key comes up once, and what comes up again is in a later round. So all of
 * a round may be done together, and each key's own keep their order.
 */
export function inRounds<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): T[][] {
  const rounds: T[][] = [];
  const firstFree = new Map<string, number>();
  for (const item of items) {
    const keys = keysOf(item);
    const at = Math.max(0, ...keys.map((key) => firstFree.get(key) ?? 0));
    (rounds[at] ??= []).push(item);
    for (const key of keys) firstFree.set(key, at + 1);
  }
  return rounds;
}
