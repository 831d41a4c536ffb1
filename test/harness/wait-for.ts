import { setTimeout as sleep } from 'node:timers/promises';

/** A hang ends here; nothing is measured by it. */
const BOUND_MS = 180_000;

/** Resolves when the condition holds; `describe` says how things stood where it never does. */
export async function waitFor(
  what: string,
  condition: () => boolean | Promise<boolean>,
  describe: () => string = () => '',
): Promise<void> {
  const until = performance.now() + BOUND_MS;
  while (!(await condition())) {
    if (performance.now() > until) {
      throw new Error(`waited ${BOUND_MS / 1000} s in vain for ${what}\n${describe()}`.trim());
    }
    await sleep(30);
  }
}
