import { setTimeout as sleep } from 'node:timers/promises';

export interface BackOff {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** Milliseconds to wait after that many failures in a row (1, 2, …): doubling, bounded, and spread by half at random. */
export function backOffMs({ firstMs, longestMs }: BackOff, failures: number): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 30));
  return full * (0.5 + Math.random() / 2);
}

/** Waits; rejects with the signal's reason when that is aborted. */
export async function pauseFor(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  try {
    await sleep(ms, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
