import { createHash } from 'node:crypto';
import { type WatchListSnapshot } from '@leakwatch/contracts';
import { z } from 'zod';
import { parseRows } from '../parse-rows.ts';
import { type Queryable } from '../queryable.ts';
import { StoreError } from '../store-error.ts';
import { loadCurrentWatchList } from './load-watch-list.ts';
import {
  WATCH_LIST_COLUMNS,
  WatchListContentSchema,
  firstSnapshot,
  type WatchListContent,
} from './watch-list-row.ts';

/** Notified with the number of each new version, at its commit. */
export const WATCH_LIST_CHANNEL = 'leakwatch_watch_list';

/**
 * Creates a new version of the watch list, or gives the current one if nothing changed.
 *
 * @param tx a transaction: importers take turns until it ends.
 */
export async function saveWatchList(tx: Queryable, content: WatchListContent): Promise<WatchListSnapshot> {
  const text = canonicalJson(WatchListContentSchema.parse(content));
  const sha256 = createHash('sha256').update(text).digest('hex');
  await tx.query('LOCK TABLE watch_list_version IN SHARE ROW EXCLUSIVE MODE');
  const newest = await tx.query('SELECT sha256 FROM watch_list_version ORDER BY version DESC LIMIT 1');
  const current = parseRows(newest, z.object({ sha256: z.string() }))[0];
  const saved =
    current?.sha256 === sha256 ? await loadCurrentWatchList(tx) : await insertVersion(tx, sha256, text);
  if (saved === null) throw new StoreError('unexpected-row', 'the version just saved is not there');
  return saved;
}

async function insertVersion(tx: Queryable, sha256: string, text: string): Promise<WatchListSnapshot | null> {
  const saved = firstSnapshot(
    await tx.query(
      // In milliseconds, the precision of our instants.
      `INSERT INTO watch_list_version (version, sha256, content, created_at)
       SELECT coalesce(max(version), 0) + 1, $1, $2, date_trunc('milliseconds', clock_timestamp())
       FROM watch_list_version
       RETURNING ${WATCH_LIST_COLUMNS}`,
      [sha256, text],
    ),
  );
  await tx.query('SELECT pg_notify($1, $2)', [WATCH_LIST_CHANNEL, String(saved?.version)]);
  return saved;
}

/** JSON with sorted keys, so that equal content is equal text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
