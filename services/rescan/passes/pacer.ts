import { setImmediate as giveWay, setTimeout as sleep } from 'node:timers/promises';

interface Turn {
  /** Whether it is time to give others the processor. */
  isOver(): boolean;
  end(): void;
}

/** Gives re-scans a bounded share of the processor, in short turns, one at a time. */
export interface Pacer {
  /** Resolves when it is the caller's turn. */
  begin(): Promise<Turn>;
  /** The share of one processor that re-scans may take from now on. */
  setShare(share: number): void;
  share(): number;
}

/** Short enough that a live caption does not notice, long enough that turns cost little. */
const TURN_MS = 2;
/** Timers are exact to about a millisecond, so rests shorter than that add up first. */
const SHORTEST_REST_MS = 4;

/** Time as the pacer spends it. */
interface PacerClock {
  now(): number;
  sleep(ms: number): Promise<void>;
}

const MACHINE_CLOCK: PacerClock = { now: () => performance.now(), sleep: (ms) => sleep(ms) };

/** @param initialShare - of one processor, above 0 and up to 1 */
export function createPacer(initialShare: number, clock = MACHINE_CLOCK): Pacer {
  let share = initialShare;
  let owedMs = 0;
  let last: Promise<void> = Promise.resolve();

  async function rest(): Promise<void> {
    if (owedMs < SHORTEST_REST_MS) {
      await giveWay();
      return;
    }
    const began = clock.now();
    await clock.sleep(owedMs);
    // A timer that came late has rested in advance.
    owedMs -= clock.now() - began;
    owedMs = Math.max(owedMs, -TURN_MS);
  }

  return {
    begin: async () => {
      const before = last;
      let pass: () => void = () => undefined;
      last = new Promise((resolve) => (pass = resolve));
      await before;
      await rest();
      const began = clock.now();
      let isEnded = false;
      return {
        isOver: () => clock.now() - began >= TURN_MS,
        end: () => {
          if (isEnded) return;
          isEnded = true;
          owedMs += (clock.now() - began) * (1 / share - 1);
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
