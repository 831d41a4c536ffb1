import { EventLogError } from '@leakwatch/event-log';
import { messageOf, retry } from '@leakwatch/runtime';
import { StoreError } from '@leakwatch/store';

/** Opens something of the environment: once, or again and again while it is away. */
export type Opener = <T>(open: () => Promise<T>) => Promise<T>;

/** Ends a start on request, while it waited. */
export class StartEndedError extends Error {
  override readonly name = 'StartEndedError';
}

const BACK_OFF = { firstMs: 250, longestMs: 5_000 };
/** The same reason is told again after so long. */
const REMIND_MS = 60_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Opens what may still be away when a process starts, as after a restart of the machine: tries until it answers. An error that
 * does not pass by itself, such as a wrong password, is thrown at once.
 *
 * @param tell - hears the reason of the wait, at its start, when it changes, and each minute
 * @throws StartEndedError if a signal asked the process to end while it waited
 */
export function waitUntilReachable(tell: (reason: string) => void): Opener {
  return async (open) => {
    const ending = new AbortController();
    const end = () => ending.abort();
    let told = { reason: '', at: 0 };
    const shouldRetry = (error: unknown, failures: number): boolean => {
      if (ending.signal.aborted || !isAway(error)) return false;
      // A start without a wait ends at a signal as any process does.
      if (failures === 1) for (const name of SIGNALS) process.on(name, end);
      const reason = messageOf(error);
      const now = performance.now();
      if (reason !== told.reason || now - told.at >= REMIND_MS) {
        told = { reason, at: now };
        tell(reason);
      }
      return true;
    };
    try {
      return await retry(open, { backOff: BACK_OFF, shouldRetry, signal: ending.signal });
    } catch (error) {
      if (ending.signal.aborted) throw new StartEndedError('asked to end while it waited', { cause: error });
      throw error;
    } finally {
      for (const name of SIGNALS) process.off(name, end);
    }
  };
}

/** Whether the database or the log is out of reach for now. */
function isAway(error: unknown): boolean {
  if (error instanceof StoreError) return error.canRetry;
  return error instanceof EventLogError && error.code === 'log-unavailable';
}
