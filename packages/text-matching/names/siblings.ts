/** Names of one family: a post that names `Zorvex S` does not name `Zorvex`, where a watch list holds both. */
import { type Candidate } from '../evidence/candidate.ts';
import { endsStep, type Steps } from '../steps.ts';

/** For each name that is another one with a model letter or number behind it, the indexes of the others. */
export type Siblings = ReadonlyMap<number, readonly number[]>;

/** A name and the model behind it: a letter, a number, a Roman numeral. */
const FAMILY = /^(.*\S)\s(?:\p{L}|v?\d+(?:\.\d+)*[a-z]?|[IVX]+)$/u;

/** @param texts - of the names, by their indexes; undefined for an index without one */
export function* siblingSteps(texts: readonly (string | undefined)[]): Steps<Siblings> {
  const families = new Map<string, number[]>();
  for (const [index, text] of texts.entries()) {
    if (endsStep(index, TEXTS_PER_STEP)) yield;
    if (text === undefined) continue;
    const own = families.get(text.toLowerCase());
    if (own === undefined) families.set(text.toLowerCase(), [index]);
    else own.push(index);
  }
  const siblings = new Map<number, readonly number[]>();
  for (const [index, text] of texts.entries()) {
    if (endsStep(index, TEXTS_PER_STEP)) yield;
    const family = text === undefined ? undefined : FAMILY.exec(text)?.[1];
    const shorter = family === undefined ? undefined : families.get(family.toLowerCase());
    if (shorter !== undefined) siblings.set(index, shorter);
  }
  return siblings;
}

/** Some milliseconds. */
const TEXTS_PER_STEP = 5000;

/** Leaves out the shorter names where the longer one stands. A longer one that needs more typos to stand there goes itself. */
export function withoutShorter<Found extends Candidate>(
  siblings: Siblings,
  found: readonly Found[],
  isSamePlace: (a: Found, b: Found) => boolean,
): readonly Found[] {
  const longer = found.filter(({ item }) => siblings.has(item));
  if (longer.length === 0) return found;
  const hidden = new Set<Found>();
  for (const other of longer) {
    const shorter = siblings.get(other.item)!;
    for (const one of found) {
      if (!shorter.includes(one.item) || !isSamePlace(one, other)) continue;
      if (one.from < other.from || one.to > other.to) continue;
      const isSameSpan = one.from === other.from && one.to === other.to;
      hidden.add(isSameSpan && other.distance > one.distance ? other : one);
    }
  }
  return found.filter((one) => !hidden.has(one));
}
