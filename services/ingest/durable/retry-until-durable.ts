import { EventLogError } from '@leakwatch/event-log';
import { retry, toError } from '@leakwatch/runtime';
import { StoreError } from '@leakwatch/store';
import { BusyError } from './limit-concurrency.ts';

const BACK_OFF = { firstMs: 100, longestMs: 10_000 };

export interface RetryOptions {
  /** Ends the retries; one last attempt follows. */
  readonly signal: AbortSignal;
  readonly onFailure: (error: Error, attempt: number) => void;
}

/**
 * Repeats work while the database or the log is away. Rejects with a permanent failure at once, and with the last failure
 * after the signal is aborted.
 */
export function retryUntilDurable<T>(
  work: () => Promise<T>,
  { signal, onFailure }: RetryOptions,
): Promise<T> {
  const shouldRetry = (error: unknown, failures: number) => {
    onFailure(toError(error), failures);
    return isPassing(error) && !signal.aborted;
  };
  return retry(work, { backOff: BACK_OFF, shouldRetry, signal });
}

/** True if the same call can succeed later. */
export function isPassing(error: unknown): boolean {
  if (error instanceof StoreError || error instanceof EventLogError) return error.canRetry;
  return error instanceof BusyError;
}
