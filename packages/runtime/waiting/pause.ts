import { setTimeout as sleep } from 'node:timers/promises';

/** Waits. Resolves early when the signal is aborted, without an error: the caller asks the signal which it was. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await sleep(ms, undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
    if (signal?.aborted !== true) throw error;
  });
}
