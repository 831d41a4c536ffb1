import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { parseRows } from '../parse-rows.ts';
import { type Database, type Queryable } from '../queryable.ts';
import { StoreError } from '../store-error.ts';
import { DataKey } from './data-key.ts';
import { KeyRing } from './key-ring.ts';
import { fingerprintOf, unwrapKey, wrapKey, type MasterKey } from './master-key.ts';
import { hasOthers } from './rewrite.ts';
import { NO_MASTER_KEY, type KeySource } from './sealer.ts';

/** One process makes or wraps data keys at a time. */
const KEY_LOCK = "hashtextextended('leakwatch: data keys', 0)";
const KEY_BYTES = 32;

const KeyRowSchema = z.object({
  id: z.instanceof(Buffer),
  wrapped: z.instanceof(Buffer),
  master: z.string(),
  createdAt: z.date(),
  rewrittenAt: z.date().nullable(),
});
type KeyRow = z.infer<typeof KeyRowSchema>;

/** A data key as people see it. */
export interface DataKeyStanding {
  readonly id: string;
  readonly master: string;
  readonly createdAt: Date;
  /** When all that was there before had been sealed with it; null: not yet. */
  readonly rewrittenAt: Date | null;
}

async function loadKeyRows(db: Queryable): Promise<KeyRow[]> {
  const answer = await db.query(
    `SELECT id, wrapped, master, created_at AS "createdAt", rewritten_at AS "rewrittenAt"
     FROM data_key ORDER BY created_at, id`,
  );
  return parseRows(answer, KeyRowSchema);
}

/** All data keys, the newest last; empty: nothing is sealed. */
export async function listDataKeys(db: Queryable): Promise<DataKeyStanding[]> {
  const rows = await loadKeyRows(db);
  return rows.map(({ id, master, createdAt, rewrittenAt }) => ({
    ...{ id: id.toString('hex'), master, createdAt, rewrittenAt },
  }));
}

/**
 * @param known - keys that were unwrapped before: they stay, though another master key may wrap them by now
 * @throws StoreError that says which master key is missing
 */
function unwrapAll(rows: readonly KeyRow[], master: MasterKey, known?: KeyRing): KeyRing {
  return new KeyRing(
    rows.map(({ id, wrapped, master: wanted }) => {
      const former = known?.find(id.toString('hex'));
      if (former !== undefined) return former;
      const secret = unwrapKey(wrapped, master, id);
      if (secret !== null) return new DataKey(id, secret);
      const own = fingerprintOf(master);
      throw new StoreError(
        'wrong-master-key',
        own === wanted
          ? `the data key ${id.toString('hex')} was changed in the database: restore the table data_key from a backup`
          : `the master key of ${master.source} has the fingerprint ${own}, and this database needs the one with ${wanted}: ` +
              'set that one (docs/operate/encryption.md)',
      );
    }),
  );
}

/** Makes a data key, which seals from then on. Gives its id. */
export async function addDataKey(tx: Queryable, master: MasterKey): Promise<string> {
  const id = randomBytes(8);
  await tx.query('INSERT INTO data_key (id, wrapped, master) VALUES ($1, $2, $3)', [
    id,
    wrapKey(randomBytes(KEY_BYTES), master, id),
    fingerprintOf(master),
  ]);
  return id.toString('hex');
}

/** Notes that all content is sealed with this key. */
export async function noteRewritten(db: Queryable, id: string): Promise<void> {
  await db.query(
    'UPDATE data_key SET rewritten_at = coalesce(rewritten_at, clock_timestamp()) WHERE id = $1',
    [Buffer.from(id, 'hex')],
  );
}

/** Wraps all data keys with another master key. Gives how many. */
export async function rewrapDataKeys(tx: Queryable, from: MasterKey, to: MasterKey): Promise<number> {
  await tx.query(`SELECT pg_advisory_xact_lock(${KEY_LOCK})`);
  const rows = await loadKeyRows(tx);
  unwrapAll(rows, from);
  for (const { id, wrapped } of rows) {
    const secret = unwrapKey(wrapped, from, id);
    if (secret === null) continue;
    await tx.query('UPDATE data_key SET wrapped = $2, master = $3 WHERE id = $1', [
      id,
      wrapKey(secret, to, id),
      fingerprintOf(to),
    ]);
  }
  return rows.length;
}

/** Deletes all data keys: what is sealed can't be opened any more. Gives how many. */
export async function deleteDataKeys(tx: Queryable): Promise<number> {
  await tx.query(`SELECT pg_advisory_xact_lock(${KEY_LOCK})`);
  const { rowCount } = await tx.query('DELETE FROM data_key');
  return rowCount ?? 0;
}

/** So old may the keys at hand be: a rotation waits for longer before it takes an older key away. */
export const KEYS_FRESH_MS = 30_000;

/**
 * Loads the data keys, and makes the first one. Null: no master key is set, and nothing is sealed.
 *
 * @throws StoreError if the master key is missing or is another one
 */
export async function openKeys(
  store: Database,
  master: MasterKey | null,
  { freshMs = KEYS_FRESH_MS }: { readonly freshMs?: number } = {},
): Promise<KeySource | null> {
  const rows = await loadKeyRows(store.pool);
  if (master === null) {
    if (rows.length > 0) throw new StoreError('no-master-key', NO_MASTER_KEY);
    return null;
  }
  if (rows.length === 0) {
    await store.transaction(async (tx) => {
      await tx.query(`SELECT pg_advisory_xact_lock(${KEY_LOCK})`);
      if ((await loadKeyRows(tx)).length > 0) return;
      const id = await addDataKey(tx, master);
      if (!(await hasOthers(tx, id))) await noteRewritten(tx, id);
    });
  }
  let ring = unwrapAll(rows.length === 0 ? await loadKeyRows(store.pool) : rows, master);
  let loadedAt = performance.now();
  let loading: Promise<KeyRing> | null = null;
  const load = async () => {
    const at = performance.now();
    try {
      ring = unwrapAll(await loadKeyRows(store.pool), master, ring);
      loadedAt = at;
      return ring;
    } finally {
      loading = null;
    }
  };
  const reload = () => (loading ??= load());
  return {
    ring: () => ring,
    isOld: () => performance.now() - loadedAt >= freshMs,
    reload,
  };
}
