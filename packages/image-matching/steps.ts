/** Work in steps: each `yield` is a place where the caller may do something else. This package reads no clock, so the caller decides how long a slice is. */
export type Steps<T> = Generator<void, T, void>;

/** Does all steps at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
