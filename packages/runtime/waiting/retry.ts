import { type BackOff, backOffMs } from './back-off.ts';
import { pause } from './pause.ts';

export interface RetryOptions {
  readonly backOff: BackOff;
  /** Hears each failure. False gives up: `retry` then rejects with that failure. */
  readonly shouldRetry: (error: unknown, failures: number) => boolean;
  /** Cuts the pause short; the next attempt follows at once. */
  readonly signal?: AbortSignal;
}

/** Does work until it succeeds or `shouldRetry` gives up, with growing pauses in between. */
export async function retry<T>(
  work: () => Promise<T>,
  { backOff, shouldRetry, signal }: RetryOptions,
  rest: typeof pause = pause,
): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await work();
    } catch (error) {
      if (!shouldRetry(error, failures)) throw error;
    }
    await rest(backOffMs(backOff, failures), signal);
  }
}
