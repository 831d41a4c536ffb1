export interface BackOff {
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * How long to wait after a number of failures in a row: doubled with each, up to the longest. Half of it is left to chance, so
 * that many who failed together do not come back together.
 *
 * @param failures - 1 after the first failure
 * @param random - from 0 up to, but not including, 1
 */
export function backOffMs(
  { firstMs, longestMs }: BackOff,
  failures: number,
  random: () => number = Math.random,
): number {
  const full = Math.min(longestMs, firstMs * 2 ** (failures - 1));
  return full * (0.5 + random() / 2);
}
