/** Parts a list of names. A name and its models (`Zorvex`, `Zorvex S`) stay together, because one may hide the other. */
import { type Name } from './name.ts';
import { type Siblings } from './siblings.ts';

/** A larger part costs more per look-up, a smaller one costs more to index. */
const SIZE = 1000;

export function partsOfTerms(names: readonly Name[], siblings: Siblings): Name[][] {
  const families = new Map<number, Name[]>();
  // `forEach` passes over the places of queries, which have no name of their own.
  names.forEach((name) => {
    const first = siblings.get(name.index)?.[0] ?? name.index;
    const family = families.get(first);
    if (family === undefined) families.set(first, [name]);
    else family.push(name);
  });
  const parts: Name[][] = [];
  let part: Name[] | undefined;
  for (const family of families.values()) {
    if (part === undefined || part.length >= SIZE) parts.push((part = []));
    part.push(...family);
  }
  return parts;
}
