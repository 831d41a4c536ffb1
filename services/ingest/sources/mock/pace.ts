export interface PaceOptions {
  readonly ratePerSecond: number;
  readonly clock: () => Date;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** The pacer catches up with at most this much delay. */
const LONGEST_DELAY_MS = 1000;

/**
 * Waits until the next one is due by a timetable, so that a sleep that overruns is made up for. After a long pause at most
 * a second's worth comes at once.
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
    // At most one interval ahead: the clock may have been put back.
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
