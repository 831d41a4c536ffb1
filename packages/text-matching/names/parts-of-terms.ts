/** Parts a list of names. A name and its models (`Zorvex`, `Zorvex S`) stay together, because one may hide the other. */
import { type Siblings } from './siblings.ts';

/** A larger part costs more per look-up, a smaller one costs more to index. */
const SIZE = 1000;

/** Gives the indexes of the names of each part. */
export function partsOfTerms(indexes: Iterable<number>, siblings: Siblings): number[][] {
  const families = new Map<number, number[]>();
  for (const index of indexes) {
    const first = siblings.get(index)?.[0] ?? index;
    const family = families.get(first);
    if (family === undefined) families.set(first, [index]);
    else family.push(index);
  }
  const parts: number[][] = [];
  let part: number[] | undefined;
  for (const family of families.values()) {
    if (part === undefined || part.length >= SIZE) parts.push((part = []));
    part.push(...family);
  }
  return parts;
}
