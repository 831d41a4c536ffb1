import { type WatchListSnapshot } from '@leakwatch/contracts';
import { backOffMs, startLoop, type Loop } from '@leakwatch/runtime/waiting';
import { type Store } from './assemble-store.ts';
import { loadWatchListAfter } from './queries/load-watch-list.ts';
import { WATCH_LIST_CHANNEL } from './queries/save-watch-list.ts';

export interface WatchListFollower {
  /** The reason why the last look failed, or why the newest version is not taken; null once that is over. */
  readonly problem: () => Error | null;
  /** Resolves when no more snapshots will come. */
  stop(): Promise<void>;
}

const BACK_OFF = { firstMs: 250, longestMs: 2_000 };

/** Between tries of a version that is refused: to load a large list and refuse it again takes seconds of work. */
const REFUSED_BACK_OFF = { firstMs: 100, longestMs: 600_000 };

/** A version that `onSnapshot` did not take. */
interface Refused {
  readonly version: number;
  readonly error: Error;
  readonly times: number;
  /** On the clock of `performance`. */
  readonly againAt: number;
}

/**
 * Gives the current watch list at once, if there is one, and each newer one after its commit: by NOTIFY, and by a slow
 * poll in case that gets lost. Versions only go up; one may be skipped for a newer one. Calls of `onSnapshot` never
 * overlap.
 *
 * Rejects if the first look fails. Later failures, of the database or of `onSnapshot`, go to `onError` and are tried
 * again: a version that is not taken after ever longer pauses, and a newer one at once.
 */
export async function followWatchList(
  store: Pick<Store, 'pool' | 'listen'>,
  onSnapshot: (snapshot: WatchListSnapshot) => void | Promise<void>,
  options: { onError: (error: Error) => void; pollMs?: number },
): Promise<WatchListFollower> {
  const { onError, pollMs = 5_000 } = options;
  let version = 0;
  let loop: Loop | null = null;
  let problem: Error | null = null;
  let refused: Refused | null = null;

  const look = async (stopping?: AbortSignal) => {
    const known = refused !== null && performance.now() < refused.againAt ? refused.version : version;
    const newer = await loadWatchListAfter(store.pool, known);
    if (newer === null || stopping?.aborted === true) return;
    try {
      await onSnapshot(newer);
    } catch (error) {
      const times = refused?.version === newer.version ? refused.times + 1 : 1;
      const againAt = performance.now() + backOffMs(REFUSED_BACK_OFF, times);
      refused = {
        version: newer.version,
        error: error instanceof Error ? error : new Error(String(error)),
        times,
        againAt,
      };
      throw error;
    }
    refused = null;
    version = newer.version;
  };

  // Listens before the first look: the loop's first turn finds a version committed in between.
  const unlisten = await store.listen(WATCH_LIST_CHANNEL, () => loop?.wake());
  try {
    await look();
  } catch (error) {
    await unlisten();
    throw error;
  }
  loop = startLoop({
    turn: async (stopping) => {
      if (!stopping.aborted) await look(stopping);
      problem = refused?.error ?? null;
      return false;
    },
    pollMs,
    backOff: BACK_OFF,
    onError: (error) => {
      problem = error;
      onError(error);
    },
  });
  return {
    problem: () => problem,
    stop: async () => {
      await loop.stop();
      await unlisten();
    },
  };
}
