import { setImmediate as giveWay, setTimeout as sleep } from 'node:timers/promises';

export interface Turn {
  /** Whether it is time to let others have the processor. */
  isOver(): boolean;
  end(): void;
}

/** Hands out the processor to re-scans, a bounded share of it, in short turns, one at a time. */
export interface Pacer {
  /** Resolves when it is the caller's turn. */
  begin(): Promise<Turn>;
  /** Of one processor; what re-scans may take from now on. */
  setShare(share: number): void;
  share(): number;
}

/** Short enough that a live caption does not feel it, long enough that the turns themselves cost little. */
const TURN_MS = 2;
/** Timers are exact to about a millisecond: what is owed is rested in one go. */
const SHORTEST_REST_MS = 4;

/** @param initialShare - of one processor, above 0 and up to 1 */
export function createPacer(initialShare: number): Pacer {
  let share = initialShare;
  let owedMs = 0;
  let last: Promise<void> = Promise.resolve();

  async function rest(): Promise<void> {
    if (owedMs < SHORTEST_REST_MS) {
      await giveWay();
      return;
    }
    const began = performance.now();
    await sleep(owedMs);
    // A timer that came late has rested for what comes next, too.
    owedMs -= performance.now() - began;
    owedMs = Math.max(owedMs, -TURN_MS);
  }

  return {
    begin: async () => {
      const before = last;
      let pass: () => void = () => undefined;
      last = new Promise((resolve) => (pass = resolve));
      await before;
      await rest();
      const began = performance.now();
      let isEnded = false;
      return {
        isOver: () => performance.now() - began >= TURN_MS,
        end: () => {
          if (isEnded) return;
          isEnded = true;
          owedMs += (performance.now() - began) * (1 / share - 1);
          pass();
        },
      };
    },
    setShare: (next) => {
      share = next;
    },
    share: () => share,
  };
}
