import { toError } from '@leakwatch/runtime';

export interface Loop {
  /** There is something to do: the next turn begins at once. */
  wake(): void;
  /** Does what can be done now, then ends. Repeatable. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  /** One round of work; true where another should follow at once, even while the loop is being stopped. */
  readonly turn: (isStopping: boolean) => Promise<boolean>;
  /** How long to rest where nobody wakes it. */
  readonly pollMs: number;
  /** Hears of a failed turn; the loop goes on after a rest. */
  readonly onError: (error: Error) => void;
}

/** Takes turns until nothing is left to do, rests until it is woken or `pollMs` have passed, and begins again. */
export function startLoop({ turn, pollMs, onError }: LoopOptions): Loop {
  const bell = createBell();
  let isStopping = false;

  const run = async () => {
    for (;;) {
      // What rings from here on may come too late for this turn to see.
      bell.reset();
      const isLast = isStopping;
      const hasMore = await turn(isLast).catch((error: unknown) => {
        onError(toError(error));
        return false;
      });
      if (hasMore) continue;
      if (isLast) return;
      await bell.rings(pollMs);
    }
  };
  const running = run();

  return {
    wake: () => bell.ring(),
    stop: () => {
      isStopping = true;
      bell.ring();
      return running;
    },
  };
}

function createBell() {
  let hasRung = false;
  let onRing: () => void = () => undefined;
  return {
    reset: () => {
      hasRung = false;
    },
    ring: () => {
      hasRung = true;
      onRing();
    },
    /** Resolves when it rings, at once if it has since the reset, and in any case after so long. */
    rings: (ms: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, hasRung ? 0 : ms);
        onRing = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}
