/** Thrown when too much waits already. */
export class BusyError extends Error {
  constructor() {
    super('too much is waiting');
    this.name = 'BusyError';
  }
}

/**
 * Runs at most `running` pieces of work at once, in order, and lets `waiting` more wait. Anything beyond gets a BusyError.
 */
export function limitConcurrency(limits: { running: number; waiting: number }) {
  const queue: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= limits.running) {
      if (queue.length >= limits.waiting) throw new BusyError();
      // Finished work hands over its place, so `running` does not change.
      await new Promise<void>((resolve) => queue.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
