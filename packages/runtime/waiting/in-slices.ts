import { setImmediate as turn } from 'node:timers/promises';

/** The longest that requests and heartbeats wait. A step that takes longer is not cut. */
const SLICE_MS = 20;

/** Does work that comes in steps, and lets everything else in the process have its turn between slices of it. */
export async function inSlices<T>(steps: Iterator<void, T, void>, sliceMs = SLICE_MS): Promise<T> {
  let until = performance.now() + sliceMs;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() < until) continue;
    await turn();
    until = performance.now() + sliceMs;
  }
}
