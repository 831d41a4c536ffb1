/**
 * Work in steps: each `yield` is a place where the caller may do something else. A list of 100,000 terms takes seconds to compile,
 * and the process must answer meanwhile. This package reads no clock, so the caller decides how long a slice is.
 */
export type Steps<T> = Generator<void, T, void>;

/** Does all steps at once. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Items per step: some milliseconds. */
const ITEMS_PER_STEP = 100;

/** Whether a loop should yield at this index. */
export function endsStep(index: number, per = ITEMS_PER_STEP): boolean {
  return index % per === per - 1;
}
