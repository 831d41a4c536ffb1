/** Cuts a list into parts with at most `heavyAtOnce` heavy items each; light ones go with those before them. */
export function splitByWork<T>(
  items: readonly T[],
  isHeavy: (item: T) => boolean,
  heavyAtOnce: number,
): readonly (readonly T[])[] {
  const stretches: T[][] = [];
  let current: T[] = [];
  let heavy = 0;
  for (const item of items) {
    if (isHeavy(item)) {
      if (heavy === heavyAtOnce) {
        stretches.push(current);
        current = [];
        heavy = 0;
      }
      heavy += 1;
    }
    current.push(item);
  }
  if (current.length > 0) stretches.push(current);
  return stretches;
}
