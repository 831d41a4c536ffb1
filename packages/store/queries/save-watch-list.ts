import { createHash } from 'node:crypto';
import { type WatchListSnapshot } from '@leakwatch/contracts';
import { z } from 'zod';
import { parseRows } from '../parse-rows.ts';
import { type Queryable } from '../queryable.ts';
import { SecretJson, secretJson } from '../sealing/secret.ts';
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

/** How a version came about. */
export interface VersionOrigin {
  /** The person; null: a program. */
  readonly by?: string | null;
  readonly note?: string;
  /** Saves only if this is still the current version; 0 before the first. */
  readonly expects?: number;
}

/** A newer version of the watch list than the expected one. */
export interface NewerVersion {
  readonly version: number;
  readonly by: string | null;
  readonly at: Date;
}

/** Somebody has saved another version since; nothing was stored. */
export class StaleWatchListError extends Error {
  readonly newest: NewerVersion;

  constructor(newest: NewerVersion) {
    super(`${newest.by ?? 'leakwatch'} saved version ${newest.version} of the watch list meanwhile`);
    this.name = 'StaleWatchListError';
    this.newest = newest;
  }
}

const NewestSchema = z.object({
  version: z.int(),
  sha256: z.string(),
  by: z.string().nullable(),
  at: z.date(),
});

/**
 * Creates a new version of the watch list, or gives the current one if nothing changed.
 *
 * @param tx - a transaction: importers take turns until it ends
 * @throws StaleWatchListError
 */
export async function saveWatchList(
  tx: Queryable,
  content: WatchListContent,
  { by = null, note = '', expects }: VersionOrigin = {},
): Promise<WatchListSnapshot> {
  const text = canonicalJson(WatchListContentSchema.parse(content));
  const sha256 = createHash('sha256').update(text).digest('hex');
  await tx.query('LOCK TABLE watch_list_version IN SHARE ROW EXCLUSIVE MODE');
  const newest = await tx.query(
    'SELECT version, sha256, made_by AS by, created_at AS at FROM watch_list_version ORDER BY version DESC LIMIT 1',
  );
  const current = parseRows(newest, NewestSchema)[0];
  if (current !== undefined && expects !== undefined && current.version !== expects) {
    throw new StaleWatchListError(current);
  }
  const saved =
    current?.sha256 === sha256
      ? await loadCurrentWatchList(tx)
      : await insertVersion(tx, { sha256, text, by, note });
  if (saved === null) throw new StoreError('unexpected-row', 'the version just saved is not there');
  return saved;
}

async function insertVersion(
  tx: Queryable,
  version: {
    readonly sha256: string;
    readonly text: string;
    readonly by: string | null;
    readonly note: string;
  },
): Promise<WatchListSnapshot | null> {
  const { sha256, text, by, note } = version;
  const saved = firstSnapshot(
    await tx.query(
      // In milliseconds, the precision of our instants.
      `INSERT INTO watch_list_version (version, sha256, content, created_at, made_by, note)
       SELECT coalesce(max(version), 0) + 1, $1, $2, date_trunc('milliseconds', clock_timestamp()), $3, $4
       FROM watch_list_version
       RETURNING ${WATCH_LIST_COLUMNS}`,
      [sha256, new SecretJson(text, {}), by, secretJson(note)],
    ),
  );
  await tx.query('SELECT pg_notify($1, $2)', [WATCH_LIST_CHANNEL, String(saved?.version)]);
  return saved;
}

/** Replaces the content of an earlier version, for an erasure. Nobody is told: nothing is matched against it anew. */
export async function rewriteVersion(
  tx: Queryable,
  version: number,
  content: WatchListContent,
): Promise<void> {
  const text = canonicalJson(WatchListContentSchema.parse(content));
  const sha256 = createHash('sha256').update(text).digest('hex');
  await tx.query('UPDATE watch_list_version SET sha256 = $2, content = $3 WHERE version = $1', [
    version,
    sha256,
    new SecretJson(text, {}),
  ]);
}

/** JSON with sorted keys, so that equal content is equal text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
