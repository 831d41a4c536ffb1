/** The nearest-rank percentile of values in rising order; null for an empty list. */
export function percentile(rising: readonly number[], percent: number): number | null {
  return rising[Math.max(0, Math.ceil((percent / 100) * rising.length) - 1)] ?? null;
}
