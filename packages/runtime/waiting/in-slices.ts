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

/** Maps each item in slices, as `inSlices` does: the process has its turns however many or large the items are. */
export async function mapInSlices<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Result,
  sliceMs = SLICE_MS,
): Promise<Result[]> {
  const results: Result[] = [];
  await inSlices(mapping(items, map, results), sliceMs);
  return results;
}

function* mapping<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Result,
  results: Result[],
): Generator<void, void, void> {
  for (const item of items) {
    results.push(map(item));
    yield;
  }
}
