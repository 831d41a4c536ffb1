import { setTimeout as sleep } from 'node:timers/promises';

/** Ends a hang. No test measures with it. */
const BOUND_MS = 180_000;

/** Resolves when the condition holds. On timeout the error carries what `describe` says. */
export async function waitFor(
  what: string,
  condition: () => boolean | Promise<boolean>,
  describe: () => string = () => '',
  boundMs = BOUND_MS,
): Promise<void> {
  const until = performance.now() + boundMs;
  while (!(await condition())) {
    if (performance.now() > until) {
      throw new Error(`waited ${boundMs / 1000} s in vain for ${what}\n${describe()}`.trim());
    }
    await sleep(30);
  }
}
