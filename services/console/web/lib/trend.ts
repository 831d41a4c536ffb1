export type Trend = 'falling' | 'steady' | 'rising' | 'unknown';

/** With fewer values one of them would decide. */
const FEWEST = 4;
/** Less than a tenth is no trend. */
const STEADY = 0.1;

/** Compares the later half of a series with the earlier one. */
export function trendOf(values: readonly number[]): Trend {
  if (values.length < FEWEST) return 'unknown';
  const half = Math.floor(values.length / 2);
  const earlier = mean(values.slice(0, half));
  const later = mean(values.slice(-half));
  if (Math.abs(later - earlier) <= STEADY * Math.max(earlier, later)) return 'steady';
  return later < earlier ? 'falling' : 'rising';
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
