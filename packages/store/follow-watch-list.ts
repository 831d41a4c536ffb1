import { type WatchListSnapshot } from '@leakwatch/contracts';
import { type Store } from './assemble-store.ts';
import { loadWatchListAfter } from './queries/load-watch-list.ts';
import { WATCH_LIST_CHANNEL } from './queries/save-watch-list.ts';
import { toStoreError } from './to-store-error.ts';

export interface WatchListFollower {
  /** After it resolves no snapshot comes any more. */
  stop(): Promise<void>;
}

const RETRY_AFTER_MS = 250;

/**
 * Gives the current watch list at once, if there is one, and each newer one as soon as it is committed: by NOTIFY, and by a
 * slow poll in case that is lost. Versions only go up; of several that come at once the newest is enough. `onSnapshot` is
 * never called while an earlier call is still running.
 *
 * Rejects if the first look fails. Later failures, of the database or of `onSnapshot`, go to `onError` and are tried again.
 */
export async function followWatchList(
  store: Pick<Store, 'pool' | 'listen'>,
  onSnapshot: (snapshot: WatchListSnapshot) => void | Promise<void>,
  options: { onError: (error: Error) => void; pollMs?: number },
): Promise<WatchListFollower> {
  const pollMs = options.pollMs ?? 5_000;
  let version = 0;
  let isStopped = false;
  let looking: Promise<void> | null = null;
  let isLookWanted = false;
  let timer: NodeJS.Timeout | undefined;

  const look = async () => {
    const newer = await loadWatchListAfter(store.pool, version);
    if (newer === null || isStopped) return;
    await onSnapshot(newer);
    version = newer.version;
  };

  const lookUntilNothingIsWanted = async () => {
    let nextMs = pollMs;
    while (isLookWanted && !isStopped) {
      isLookWanted = false;
      try {
        await look();
      } catch (error) {
        nextMs = Math.min(RETRY_AFTER_MS, pollMs);
        options.onError(error instanceof Error ? error : toStoreError(error));
      }
    }
    looking = null;
    if (!isStopped) timer = setTimeout(wantLook, nextMs);
  };

  const wantLook = () => {
    clearTimeout(timer);
    isLookWanted = true;
    looking ??= lookUntilNothingIsWanted();
  };

  // Listening comes first: a version that is committed after the look below is then heard of.
  let isReady = false;
  const unlisten = await store.listen(WATCH_LIST_CHANNEL, () => {
    if (isReady) wantLook();
    else isLookWanted = true;
  });
  try {
    await look();
  } catch (error) {
    await unlisten();
    throw error;
  }
  isReady = true;
  wantLook();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await looking;
      await unlisten();
    },
  };
}
