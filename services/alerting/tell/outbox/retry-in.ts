/**
 * Milliseconds until the next attempt after so many failed ones (1, 2, …): doubling up to the longest, and spread by half at
 * random, so that what failed together doesn't come back together.
 */
export function retryInMs(
  failures: number,
  { firstRetryMs, longestRetryMs }: { firstRetryMs: number; longestRetryMs: number },
): number {
  const full = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(failures - 1, 30));
  return full * (0.5 + Math.random() / 2);
}
