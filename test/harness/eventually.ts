import { setTimeout as sleep } from 'node:timers/promises';

/** Calls `look` until it gives something; the test's own time limit ends the waiting. */
export async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(50);
  }
}
