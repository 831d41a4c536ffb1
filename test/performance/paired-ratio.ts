/** A ratio estimated from paired runs. */
export interface PairedRatio {
  readonly pairs: number;
  readonly median: number;
  /** Ends of the 95 % interval of the median. */
  readonly low: number;
  readonly high: number;
}

/**
 * Median of the ratios of paired runs, with its 95 % interval by ranks. The number of ratios below the true median is binomial
 * under any distribution (Conover, Practical Nonparametric Statistics, 3.2).
 *
 * @param ratios - at least six: with fewer, no pair of ranks covers 95 %
 */
export function pairedRatio(ratios: readonly number[]): PairedRatio {
  const sorted = ratios.toSorted((a, b) => a - b);
  const n = sorted.length;
  const rank = Math.floor((n - 1.96 * Math.sqrt(n)) / 2);
  if (rank < 0 || n < 6) throw new RangeError(`${n} pairs say nothing with 95 % confidence`);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const middle = Math.floor(n / 2);
  return {
    pairs: n,
    median: n % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2,
    low: at(Math.max(0, rank - 1)),
    high: at(n - 1 - Math.max(0, rank - 1)),
  };
}
