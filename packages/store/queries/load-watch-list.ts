import { type WatchListSnapshot } from '@leakwatch/contracts';
import { type Queryable } from '../queryable.ts';
import { WATCH_LIST_COLUMNS, firstSnapshot } from './watch-list-row.ts';

/** The newest version; null before the first import. */
export async function loadCurrentWatchList(db: Queryable): Promise<WatchListSnapshot | null> {
  return firstSnapshot(
    await db.query(`SELECT ${WATCH_LIST_COLUMNS} FROM watch_list_version ORDER BY version DESC LIMIT 1`),
  );
}

/** The newest version if it is newer than `version`; else null, without reading any content. */
export async function loadWatchListAfter(db: Queryable, version: number): Promise<WatchListSnapshot | null> {
  return firstSnapshot(
    await db.query(
      `SELECT ${WATCH_LIST_COLUMNS} FROM watch_list_version WHERE version > $1 ORDER BY version DESC LIMIT 1`,
      [version],
    ),
  );
}

/** One version, such as a detection's; null if there is no such version. */
export async function loadWatchListVersion(
  db: Queryable,
  version: number,
): Promise<WatchListSnapshot | null> {
  return firstSnapshot(
    await db.query(`SELECT ${WATCH_LIST_COLUMNS} FROM watch_list_version WHERE version = $1`, [version]),
  );
}
