import { withDeadline } from './deadline.ts';
import { messageOf } from './errors.ts';
import { type Logger } from './logger.ts';

/** Something that was started and must be stopped. */
export interface Stoppable {
  readonly name: string;
  stop(): Promise<void>;
}

/**
 * Stops the parts of this process in the reverse order of their start, because later parts depend on earlier ones. If one
 * fails to stop, the others are stopped all the same.
 */
export class Lifecycle {
  readonly #parts: Stoppable[] = [];
  readonly #logger: Logger;
  #stopping: Promise<void> | null = null;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Adds a part that runs; gives it back. */
  add<T extends Stoppable>(part: T): T {
    this.#parts.push(part);
    return part;
  }

  /** Stops everything, within `timeoutMs` altogether; rejects naming what did not stop cleanly. Repeatable. */
  stop(timeoutMs: number): Promise<void> {
    this.#stopping ??= this.#stopAll(timeoutMs);
    return this.#stopping;
  }

  async #stopAll(timeoutMs: number): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    const failures: string[] = [];
    for (const part of this.#parts.toReversed()) {
      try {
        await withDeadline(part.stop(), Math.max(deadline - performance.now(), 100));
        this.#logger.debug({ part: part.name }, 'stopped');
      } catch (error) {
        failures.push(`${part.name}: ${messageOf(error)}`);
      }
    }
    if (failures.length > 0) throw new Error(`did not stop cleanly: ${failures.join('; ')}`);
  }
}

/** One Ctrl-C arrives twice if npm or a wrapper passes it on as well: both come within this time. */
const SAME_PRESS_MS = 500;

/**
 * Resolves with the name of the first signal that asks the process to end. A later one ends it at once: someone who
 * presses Ctrl-C twice means it.
 */
export function untilSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let askedAt: number | null = null;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (askedAt !== null && performance.now() - askedAt > SAME_PRESS_MS) process.exit(130);
        askedAt ??= performance.now();
        resolve(signal);
      });
    }
  });
}
