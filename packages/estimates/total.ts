import { chiSquaredQuantile } from './chi-squared.ts';
import { CONFIDENCE } from './interval.ts';
import { worthOf, type Judge } from './judge.ts';
import { type Estimated } from './ratio-interval.ts';

/** A verdict on a sampled item that stands for several. */
export interface Judgement {
  /** The number of items that it stands for: 1/π if drawn with probability π. */
  readonly weight: number;
  /** True if it was called a leak. */
  readonly positive: boolean;
}

const TAIL = (1 - CONFIDENCE) / 2;

/**
 * Estimates a total from the judged items: Σ weightᵢ over the positive ones (D. G. Horvitz, D. J. Thompson, J. Am. Stat.
 * Assoc. 47, 1952, 663–685), corrected for the judge's errors as a share is (Rogan and Gladen).
 *
 * The interval is the gamma interval for a weighted sum of Poisson counts (M. P. Fay, E. J. Feuer, Stat. Med. 16, 1997,
 * 791–801). It treats the past as one draw of what may happen, and is rather too wide than too narrow. With nothing found
 * it reaches from 0 to 3.69 times the largest weight: none found in a sample does not prove that there are none. Null if
 * nothing was judged.
 */
export function estimateTotal(judgements: readonly Judgement[], judge: Judge): Estimated | null {
  if (judgements.length === 0) return null;
  let all = 0;
  let found = 0;
  let variance = 0;
  let largest = 0;
  for (const { weight, positive } of judgements) {
    all += weight;
    largest = Math.max(largest, weight);
    if (!positive) continue;
    found += weight;
    variance += weight * weight;
  }
  const mistaken = (1 - judge.specificity) * all;
  const worth = worthOf(judge);
  const correct = (sum: number) => Math.max(0, (sum - mistaken) / worth);
  const { low, high } = gammaInterval(found, variance, largest);
  return { value: correct(found), low: correct(low), high: correct(high) };
}

function gammaInterval(sum: number, variance: number, largest: number): { low: number; high: number } {
  const low = sum === 0 ? 0 : (variance / (2 * sum)) * chiSquaredQuantile(TAIL, (2 * sum * sum) / variance);
  const above = sum + largest;
  const spread = variance + largest * largest;
  const high = (spread / (2 * above)) * chiSquaredQuantile(1 - TAIL, (2 * above * above) / spread);
  return { low, high };
}
