/**
 * Turns a task into a request for it: never two at once, and requests that come while it runs are met by one more run.
 * The promise resolves when a run has ended that began after the request. `task` must not reject.
 */
export function coalesce(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function start(): Promise<void> {
    running = task().finally(() => (running = undefined));
    return running;
  }

  return () => {
    if (running === undefined) return start();
    next ??= running.then(() => {
      next = undefined;
      return start();
    });
    return next;
  };
}
