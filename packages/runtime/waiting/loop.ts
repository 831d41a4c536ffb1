/**
 * The one loop of everything that waits for work:
 *
 *   turn ──more to do──▶ turn
 *    │ └─fails─▶ onError, rest for the back-off ─┐
 *    └─nothing left─▶ rest for `pollMs` ─────────┴─ woken, or the rest is over ─▶ turn
 *
 * The poll is the safety net under `wake`: a notification may get lost.
 */
import { toError } from '../errors.ts';
import { type BackOff, backOffMs } from './back-off.ts';
import { pause } from './pause.ts';

export interface Loop {
  /** Ends the rest. During a turn it makes another turn follow: the one under way may have looked too early. */
  wake(): void;
  /** Wakes the loop; resolves when a turn that began after this call has ended, well or not. */
  nextTurn(): Promise<void>;
  /** Takes one last turn, and another for as long as there is more to do; then ends. Repeatable. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  /**
   * One round of work; true where another must follow at once.
   *
   * @param stopping - aborted once the loop is being stopped
   */
  readonly turn: (stopping: AbortSignal) => Promise<boolean>;
  /** The longest rest. */
  readonly pollMs: number;
  /** Hears why a turn failed. The loop goes on after a rest. */
  readonly onError: (error: Error) => void;
  /** The rest after failed turns, never longer than `pollMs`; `pollMs` without it. */
  readonly backOff?: BackOff;
}

/** Takes the first turn at once. */
export function startLoop({ turn, pollMs, onError, backOff }: LoopOptions): Loop {
  const stopping = new AbortController();
  let isWoken = false;
  let resting: AbortController | null = null;
  let waiting: (() => void)[] = [];

  const wake = () => {
    isWoken = true;
    resting?.abort();
  };

  const rest = async (ms: number): Promise<void> => {
    if (isWoken) return;
    resting = new AbortController();
    await pause(ms, resting.signal);
    resting = null;
  };

  const run = async () => {
    for (let failures = 0; ;) {
      isWoken = false;
      const isLast = stopping.signal.aborted;
      const answered = waiting;
      waiting = [];
      let hasMore = false;
      try {
        hasMore = await turn(stopping.signal);
        failures = 0;
      } catch (error) {
        failures += 1;
        onError(toError(error));
      }
      for (const answer of answered) answer();
      if (hasMore) continue;
      if (isLast) break;
      const isBackingOff = failures > 0 && backOff !== undefined;
      await rest(isBackingOff ? Math.min(pollMs, backOffMs(backOff, failures)) : pollMs);
    }
    for (const answer of waiting) answer();
  };
  const running = run();

  return {
    wake,
    nextTurn: () => {
      const turned = new Promise<void>((resolve) => waiting.push(resolve));
      wake();
      return Promise.race([turned, running]);
    },
    stop: () => {
      stopping.abort();
      wake();
      return running;
    },
  };
}
