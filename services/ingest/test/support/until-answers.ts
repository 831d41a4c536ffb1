import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until a server that is starting answers; the test's own time limit ends the waiting. */
export async function untilAnswers(url: string): Promise<void> {
  for (;;) {
    try {
      await (await fetch(url)).arrayBuffer();
      return;
    } catch (error) {
      // A refused connection is a TypeError of `fetch`.
      if (!(error instanceof TypeError)) throw error;
      await sleep(50);
    }
  }
}
