import { type WatchListSnapshot } from '@leakwatch/contracts';
import { UsageError } from '@leakwatch/runtime';
import { loadCurrentWatchList, loadWatchListVersion, type Queryable } from '@leakwatch/store';
import { typedHere } from '../typed.ts';

/**
 * Reads a version of the watch list, by default the newest.
 *
 * @throws UsageError if there is none
 */
export async function readVersion(db: Queryable, version?: number): Promise<WatchListSnapshot> {
  const snapshot = await (version === undefined
    ? loadCurrentWatchList(db)
    : loadWatchListVersion(db, version));
  if (snapshot !== null) return snapshot;
  throw new UsageError(
    version === undefined
      ? `nothing is watched yet: \`${typedHere('watchlist import FILE')}\` makes the first version`
      : `the watch list has no version ${version}: \`${typedHere('watchlist history')}\` shows those that there are`,
  );
}
