import { type Interval } from './interval.ts';

/** Whether a claim is proven, refuted, or neither yet. */
export type Proof = 'yes' | 'no' | 'not-yet';

/** Whether an interval proves that a share is at least so much: only its low end does, and only its high end refutes it. */
export function provenAtLeast(target: number, interval: Interval | null): Proof {
  if (interval === null) return 'not-yet';
  if (interval.low >= target) return 'yes';
  return interval.high < target ? 'no' : 'not-yet';
}
