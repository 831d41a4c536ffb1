export interface PaceOptions {
  readonly ratePerSecond: number;
  readonly clock: () => Date;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** What was missed while nobody asked is caught up with for so long back, not for ever. */
const LONGEST_DELAY_MS = 1000;

/**
 * Waits until the next one is due, by a timetable rather than by the time since the last one, so that what a sleep takes
 * too long is made up for. After a long pause no more than a second's worth comes at once.
 *
 * @returns whether to go on: false once the signal is aborted
 */
export function pacer({
  ratePerSecond,
  clock,
  sleep,
}: PaceOptions): (signal: AbortSignal) => Promise<boolean> {
  const intervalMs = 1000 / ratePerSecond;
  let due = clock().getTime();
  return async (signal) => {
    const now = clock().getTime();
    // Never further ahead than the next one: the clock may have been put back.
    due = Math.min(Math.max(due, now - LONGEST_DELAY_MS), now + intervalMs);
    if (due > now) {
      try {
        await sleep(due - now, signal);
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    }
    due += intervalMs;
    return !signal.aborted;
  };
}
