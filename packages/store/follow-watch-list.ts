import { type WatchListSnapshot } from '@leakwatch/contracts';
import { startLoop, type Loop } from '@leakwatch/runtime/waiting';
import { type Store } from './assemble-store.ts';
import { loadWatchListAfter } from './queries/load-watch-list.ts';
import { WATCH_LIST_CHANNEL } from './queries/save-watch-list.ts';

export interface WatchListFollower {
  /** The reason why the last look failed; null once a look has succeeded again. */
  readonly problem: () => Error | null;
  /** Resolves when no more snapshots will come. */
  stop(): Promise<void>;
}

const BACK_OFF = { firstMs: 250, longestMs: 2_000 };

/**
 * Gives the current watch list at once, if there is one, and each newer one after its commit: by NOTIFY, and by a slow
 * poll in case that gets lost. Versions only go up; one may be skipped for a newer one. Calls of `onSnapshot` never
 * overlap.
 *
 * Rejects if the first look fails. Later failures, of the database or of `onSnapshot`, go to `onError` and are tried
 * again.
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

  const look = async (stopping?: AbortSignal) => {
    const newer = await loadWatchListAfter(store.pool, version);
    if (newer === null || stopping?.aborted === true) return;
    await onSnapshot(newer);
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
      problem = null;
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
