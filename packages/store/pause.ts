import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, but no longer than until `signal` is aborted; says nothing of which it was. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
