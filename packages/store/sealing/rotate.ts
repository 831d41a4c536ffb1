import { pause } from '@leakwatch/runtime/waiting';
import { type Store } from '../assemble-store.ts';
import { StoreError } from '../store-error.ts';
import { type Queryable } from '../queryable.ts';
import {
  addDataKey,
  deleteDataKeys,
  KEYS_FRESH_MS,
  listDataKeys,
  noteRewritten,
  rewrapDataKeys,
} from './data-keys.ts';
import { type MasterKey } from './master-key.ts';
import {
  countOthers,
  countSealed,
  isKeyInUse,
  rewritePlain,
  rewriteSealed,
  type RewriteProgress,
} from './rewrite.ts';

/** Older keys stay so long after all was sealed with a newer one: a statement may have been under way. */
const RETIRED_FOR_MS = 24 * 60 * 60_000;

export interface Rewritten {
  readonly keyId: string;
  readonly values: number;
  /** Values that processes sealed with an older key meanwhile, or that are in use: another call seals them. */
  readonly left: number;
  /** Older data keys that were deleted. */
  readonly deleted: number;
}

/** Makes a new data key, from which on all processes seal with it within half a minute. */
export async function makeDataKey(store: Store): Promise<string> {
  const id = await store.transaction((tx) => addDataKey(tx, masterOf(store)));
  await store.useKeys(store.masterKey);
  return id;
}

/**
 * Seals all older content with the newest data key, and deletes older keys that nothing needs.
 *
 * @param options.settleMs - how long to wait for processes that still seal with an older key
 */
export async function rewriteWithNewest(
  store: Store,
  options: { readonly onColumn?: (progress: RewriteProgress) => void; readonly settleMs?: number } = {},
): Promise<Rewritten> {
  masterOf(store);
  const keys = await listDataKeys(store.pool);
  const newest = keys.at(-1);
  if (newest === undefined) throw new StoreError('unknown-data-key', 'the database has no data key');
  let values = await rewriteSealed(store, newest.id, options.onColumn);
  const settlesAt = newest.createdAt.getTime() + (options.settleMs ?? 2 * KEYS_FRESH_MS);
  if (keys.length > 1 && settlesAt > Date.now()) await pause(settlesAt - Date.now());
  values += await rewriteSealed(store, newest.id);
  const left = await countOthers(store.pool, newest.id);
  if (left === 0) await noteRewritten(store.pool, newest.id);
  return { keyId: newest.id, values, left, deleted: await deleteRetired(store) };
}

async function deleteRetired(store: Store): Promise<number> {
  const keys = await listDataKeys(store.pool);
  const doneAt = keys.at(-1)?.rewrittenAt;
  if (doneAt === undefined || doneAt === null || Date.now() - doneAt.getTime() < RETIRED_FOR_MS) return 0;
  let deleted = 0;
  for (const { id } of keys.slice(0, -1)) {
    if (await isKeyInUse(store.pool, id)) continue;
    await store.pool.query('DELETE FROM data_key WHERE id = $1', [Buffer.from(id, 'hex')]);
    deleted += 1;
  }
  return deleted;
}

/** Wraps the data keys with another master key. Gives how many. Processes that run have theirs, and need the new one at their next start. */
export async function changeMasterKey(store: Store, to: MasterKey): Promise<number> {
  const count = await store.transaction((tx) => rewrapDataKeys(tx, masterOf(store), to));
  await store.useKeys(to);
  return count;
}

/**
 * Writes all content as it is, and deletes the data keys if nothing sealed is left. No other process may run meanwhile: it would seal
 * with keys that are gone.
 *
 * @param endWith - is done in the transaction that deletes the keys
 */
export async function decryptForGood(
  store: Store,
  options: {
    readonly onColumn?: (progress: RewriteProgress) => void;
    readonly endWith?: (tx: Queryable, done: Decrypted) => Promise<void>;
  } = {},
): Promise<Decrypted> {
  masterOf(store);
  const values = await rewritePlain(store, options.onColumn);
  return store.transaction(async (tx) => {
    const left = await countSealed(tx);
    if (left > 0) return { values, left, keys: 0 };
    const done = { values, left, keys: await deleteDataKeys(tx) };
    await options.endWith?.(tx, done);
    return done;
  });
}

export interface Decrypted {
  readonly values: number;
  /** Sealed values that were written meanwhile, or are in use: the keys stay, and another call opens them. */
  readonly left: number;
  /** Data keys that were deleted. */
  readonly keys: number;
}

function masterOf({ masterKey }: Store): MasterKey {
  if (masterKey !== null) return masterKey;
  throw new StoreError(
    'no-master-key',
    'nothing is encrypted here: no master key is set (docs/operate/encryption.md)',
  );
}

/** The state of encryption, as `leakwatch status` shows it. */
export interface EncryptionStanding {
  readonly isOn: boolean;
  /** The master key's fingerprint; null: off. */
  readonly master: string | null;
  readonly since: Date | null;
  readonly dataKeys: number;
  /** Whether all older content is sealed with the newest key. */
  readonly isWhole: boolean;
}

export async function loadEncryption(store: Pick<Store, 'pool'>): Promise<EncryptionStanding> {
  const keys = await listDataKeys(store.pool);
  const newest = keys.at(-1);
  return {
    isOn: newest !== undefined,
    master: newest?.master ?? null,
    since: keys[0]?.createdAt ?? null,
    dataKeys: keys.length,
    isWhole: newest !== undefined && newest.rewrittenAt !== null,
  };
}
