import { type Candidate } from './candidate.ts';

/** The surest candidate of each item, then the longest, then the first. */
export function bestOfEach<Found extends Candidate>(candidates: readonly Found[]): Found[] {
  const best = new Map<number, Found>();
  for (const candidate of candidates) {
    const held = best.get(candidate.item);
    if (held === undefined || isBetter(candidate, held)) best.set(candidate.item, candidate);
  }
  return [...best.values()];
}

function isBetter(a: Candidate, b: Candidate): boolean {
  if (a.confidence !== b.confidence) return a.confidence > b.confidence;
  const longer = a.to - a.from - (b.to - b.from);
  return longer === 0 ? a.from < b.from : longer > 0;
}
