import { type Candidate } from './candidate.ts';

/** The surest candidate of each item, then the longest, then the first; in the order of the text. */
export function bestOfEach(candidates: readonly Candidate[]): Candidate[] {
  const best = new Map<number, Candidate>();
  for (const candidate of candidates) {
    const held = best.get(candidate.item);
    if (held === undefined || isBetter(candidate, held)) best.set(candidate.item, candidate);
  }
  return inOrderOfText([...best.values()]);
}

export function inOrderOfText(candidates: Candidate[]): Candidate[] {
  return candidates.sort((a, b) => a.from - b.from || a.to - b.to || a.item - b.item);
}

function isBetter(a: Candidate, b: Candidate): boolean {
  if (a.confidence !== b.confidence) return a.confidence > b.confidence;
  const longer = a.to - a.from - (b.to - b.from);
  return longer === 0 ? a.from < b.from : longer > 0;
}
