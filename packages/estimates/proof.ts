import { type Interval } from './interval.ts';

/** A claim is proven, refuted, or neither yet. */
export type Proof = 'yes' | 'no' | 'not-yet';

/**
 * The fewest cases that prove or refute anything. An interval of 95 % errs once in twenty times, and it expects cases that are
 * drawn independently. The first verdicts are not: they are on the most urgent alerts, often on several of one leak. Of a
 * single wrong verdict the interval ends at 79.3 %, which would refute every target of 80 % and more.
 */
const FEWEST_CASES = 10;

/**
 * Compares a share's interval with a target: a low end at or above it proves the claim, a high end below it refutes it.
 *
 * @param n - the cases behind the interval
 */
export function provenAtLeast(target: number, interval: Interval | null, n: number): Proof {
  if (interval === null || n < FEWEST_CASES) return 'not-yet';
  if (interval.low >= target) return 'yes';
  return interval.high < target ? 'no' : 'not-yet';
}
