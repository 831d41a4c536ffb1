/** Finds names that begin at the end of one text and go on at the start of the next. */
import { type Name } from '../names/name.ts';
import { cutsBetween, mayBeCut, type SplitIndex } from './split-index.ts';
import { type Edge } from './text-edges.ts';

export interface SplitName {
  readonly name: Name;
  /** Start and end of both parts, each in UTF-16 units of its text. */
  readonly before: readonly [number, number];
  readonly after: readonly [number, number];
}

export function findSplits(index: SplitIndex, ends: readonly Edge[], starts: readonly Edge[]): SplitName[] {
  return ends.flatMap((end) => starts.flatMap((start) => splitsAt(index, end, start)));
}

function splitsAt(index: SplitIndex, end: Edge, start: Edge): SplitName[] {
  const [last, first] = [end[0], start[0]];
  if (last === undefined || first === undefined || !mayBeCut(index, last.hash, first.hash)) return [];
  return cutsBetween(index, last.hash, first.hash).flatMap(({ name, before, after }) => {
    if (!goesOn(end, before) || !goesOn(start, after)) return [];
    const [outermost, final] = [end[before.length - 1]!, start[after.length - 1]!];
    return [{ name, before: [outermost.from, last.to], after: [first.from, final.to] } as const];
  });
}

function goesOn(edge: Edge, hashes: readonly number[]): boolean {
  return hashes.every((hash, place) => edge[place]?.hash === hash);
}
