/**
 * Does work on all items together. If one of them is to blame for a failure, does it on either half, and so on until that
 * one is alone: the others must not fail with it.
 *
 * @param work - may be done again; gives one answer an item
 * @param blame - the answer for an item that fails alone; throws what is the fault of none
 */
export async function inHalves<T extends object, R>(
  items: readonly T[],
  work: (some: readonly T[]) => Promise<readonly R[]>,
  blame: (error: unknown, item: T) => R,
): Promise<readonly R[]> {
  const [first] = items;
  if (first === undefined) return [];
  try {
    return await work(items);
  } catch (error) {
    const answer = blame(error, first);
    if (items.length === 1) return [answer];
    const half = items.length >> 1;
    return [
      ...(await inHalves(items.slice(0, half), work, blame)),
      ...(await inHalves(items.slice(half), work, blame)),
    ];
  }
}
