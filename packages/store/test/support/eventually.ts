import { setTimeout as sleep } from 'node:timers/promises';

/** Tries until it works; only a hang reaches the test's own time limit. */
export async function eventually<T>(attempt: () => T | Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      await sleep(25);
    }
  }
}
