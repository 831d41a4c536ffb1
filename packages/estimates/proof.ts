import { type Interval } from './interval.ts';

/** A claim is proven, refuted, or neither yet. */
export type Proof = 'yes' | 'no' | 'not-yet';

/** Compares a share's interval with a target: a low end at or above it proves the claim, a high end below it refutes it. */
export function provenAtLeast(target: number, interval: Interval | null): Proof {
  if (interval === null) return 'not-yet';
  if (interval.low >= target) return 'yes';
  return interval.high < target ? 'no' : 'not-yet';
}
