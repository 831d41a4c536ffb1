import { Z, type Interval } from './interval.ts';

/**
 * The score interval of a share at 95 % confidence (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927, 209–212): honest for small n
 * and for shares near 0 and 1, where p ± z√(p(1−p)/n) is not. Null for n = 0, which says nothing.
 */
export function wilsonInterval(successes: number, n: number): Interval | null {
  if (n === 0) return null;
  const p = successes / n;
  const z2 = Z * Z;
  const centre = p + z2 / (2 * n);
  const spread = Z * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  const scale = 1 + z2 / n;
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}
