import { setTimeout as pause } from 'node:timers/promises';
import { EventLogError } from '@leakwatch/event-log';
import { toError } from '@leakwatch/runtime';
import { StoreError } from '@leakwatch/store';
import { BusyError } from './limit-concurrency.ts';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

export interface RetryOptions {
  /** Ends the waiting: what fails from then on is not tried again. */
  readonly signal: AbortSignal;
  readonly onFailure: (error: Error, attempt: number) => void;
}

/**
 * Does work again, with growing pauses (full jitter), as long as it fails for the sake of a database or a log that is away.
 * Rejects with what time doesn't mend, and with the last failure once the signal is aborted.
 */
export async function retryUntilDurable<T>(work: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      options.onFailure(toError(error), attempt);
      if (!isPassing(error) || options.signal.aborted) throw error;
      const longest = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempt, 20), LONGEST_PAUSE_MS);
      await pauseOrAbort(Math.random() * longest, options.signal);
    }
  }
}

/** Whether the same call can succeed later. */
export function isPassing(error: unknown): boolean {
  if (error instanceof StoreError || error instanceof EventLogError) return error.canRetry;
  return error instanceof BusyError;
}

/** The pause ends early where the signal is aborted: one last try follows. */
async function pauseOrAbort(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
