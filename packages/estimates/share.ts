import { type Interval } from './interval.ts';
import { correctedShare, type Judge } from './judge.ts';
import { wilsonInterval } from './wilson.ts';

export interface ShareEstimate {
  readonly share: number;
  /** At 95 % confidence. */
  readonly interval: Interval;
}

/**
 * Estimates a share from verdicts, corrected for the reviewers' errors. The interval is Wilson's with both ends corrected,
 * which keeps its confidence while the error rates are known (Z. Lang, J. Reiczigel, Prev. Vet. Med. 113, 2014, 13–22).
 * Null for n = 0.
 */
export function estimateShare(successes: number, n: number, judge: Judge): ShareEstimate | null {
  const observed = wilsonInterval(successes, n);
  if (observed === null) return null;
  const correct = (share: number) => correctedShare(share, judge);
  return {
    share: correct(successes / n),
    interval: { low: correct(observed.low), high: correct(observed.high) },
  };
}
