import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterEach, expect, it } from 'vitest';
import { migrate } from '../../migrate.ts';
import { openStore } from '../../open-store.ts';
import { loadBlob } from '../../queries/load-blob.ts';
import { loadCurrentWatchList } from '../../queries/load-watch-list.ts';
import { saveBlob } from '../../queries/save-blob.ts';
import { saveWatchList } from '../../queries/save-watch-list.ts';
import { listDataKeys, openKeys } from '../../sealing/data-keys.ts';
import { type MasterKey } from '../../sealing/master-key.ts';
import { readMasterKey } from '../../sealing/read-master-key.ts';
import { secretBytes } from '../../sealing/secret.ts';
import {
  changeMasterKey,
  decryptForGood,
  loadEncryption,
  makeDataKey,
  rewriteWithNewest,
} from '../../sealing/rotate.ts';
import { openOlderTestStore, openTestStore, type TestStore } from '../../testing.ts';

const TERM = 'Orsavelle Dewfall';
const BEFORE_ENCRYPTION = 35;
const PICTURE = randomBytes(2_500_000);

const inventMaster = (): MasterKey => ({ bytes: randomBytes(32), source: 'a test' });
const list = (text: string) => ({
  campaigns: [
    {
      ...{ id: 'dewfall', name: 'Dewfall', embargo: { liftsAt: '2035-01-01T00:00:00.000Z' } },
      sensitivity: 'normal' as const,
      approvedPosts: [],
      terms: [{ id: 'product', text, kind: 'product' as const }],
      assets: [],
    },
  ],
  creators: [],
});

let store: TestStore | undefined;
afterEach(async () => {
  await store?.drop();
  store = undefined;
});

/** Everything in these tables, past the store. */
async function dump({ connectionString }: { readonly connectionString: string }): Promise<string> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const found = await client.query<{ text: string }>(
      `SELECT v::text AS text FROM watch_list_version v UNION ALL SELECT encode(bytes, 'escape') FROM blob`,
    );
    return found.rows.map(({ text }) => text).join('\n');
  } finally {
    await client.end();
  }
}

const openAgain = (of: TestStore, master: MasterKey | null) =>
  openStore({ databaseUrl: of.connectionString, dataDir: '', readMasterKey: () => Promise.resolve(master) });

it('the database holds neither terms nor pictures, and gives both back', async () => {
  store = await openTestStore({ masterKey: inventMaster() });
  await store.transaction((tx) => saveWatchList(tx, list(TERM), { by: 'ines', note: `adds ${TERM}` }));
  const sha256 = await saveBlob(store.pool, { bytes: Buffer.from(`picture of ${TERM}`), mime: 'image/png' });
  const large = await saveBlob(store.pool, { bytes: PICTURE, mime: 'image/png' });
  expect(await dump(store)).not.toMatch(/Orsavelle|dewfall/i);
  expect((await loadCurrentWatchList(store.pool))?.campaigns[0]?.terms[0]?.text).toBe(TERM);
  expect(Buffer.from((await loadBlob(store.pool, sha256))?.bytes ?? []).toString()).toBe(
    `picture of ${TERM}`,
  );
  expect(PICTURE.equals((await loadBlob(store.pool, large))?.bytes ?? Buffer.alloc(0))).toBe(true);
  expect(await loadEncryption(store)).toMatchObject({ isOn: true, isWhole: true, dataKeys: 1 });
});

it('a start without the master key, or with another one, is refused with what to do', async () => {
  const master = inventMaster();
  store = await openTestStore({ masterKey: master });
  await expect(openAgain(store, null)).rejects.toThrow('LEAKWATCH_MASTER_KEY_FILE');
  await expect(openAgain(store, inventMaster())).rejects.toThrow(
    /has the fingerprint [0-9a-f]{12}, and this database needs the one with [0-9a-f]{12}/,
  );
  await store.pool.query(
    `UPDATE data_key SET wrapped = set_byte(wrapped, 20, (get_byte(wrapped, 20) + 1) % 256)`,
  );
  await expect(openAgain(store, master)).rejects.toThrow('restore the table data_key');
});

it('a process without the key never takes sealed content for plain', async () => {
  store = await openTestStore({ masterKey: inventMaster() });
  const sha256 = await saveBlob(store.pool, { bytes: Buffer.from('a'), mime: 'text/plain' });
  const blind = await openStore({ databaseUrl: store.connectionString, dataDir: '', readsNothing: true });
  try {
    await expect(loadBlob(blind.pool, sha256)).rejects.toMatchObject({ code: 'no-master-key' });
  } finally {
    await blind.close();
  }
});

it('older content stays readable, and a job seals it; a rotation seals it anew while others read and write', async () => {
  const master = inventMaster();
  store = await openOlderTestStore(BEFORE_ENCRYPTION);
  await store.pool.query(
    `INSERT INTO watch_list_version (version, sha256, content, created_at) VALUES (1, 'x', $1, now())`,
    [JSON.stringify(list(TERM))],
  );
  await store.pool.query(
    `INSERT INTO blob (sha256, mime, bytes) VALUES (encode(sha256($1), 'hex'), 'text/plain', $1)`,
    [Buffer.from(TERM)],
  );
  await migrate(store.pool);
  await store.useKeys(master);
  const term = async (of: { readonly pool: TestStore['pool'] }) =>
    (await loadCurrentWatchList(of.pool))?.campaigns[0]?.terms[0]?.text;
  expect(await term(store)).toBe(TERM);
  expect(await loadEncryption(store)).toMatchObject({ isOn: true, isWhole: false });
  expect(await dump(store)).toContain(TERM);

  expect(await rewriteWithNewest(store)).toMatchObject({ values: 3, left: 0 });
  expect(await dump(store)).not.toContain(TERM);
  expect(await loadEncryption(store)).toMatchObject({ isWhole: true });

  const other = await openAgain(store, master);
  try {
    const before = (await listDataKeys(store.pool)).map(({ id }) => id);
    const made = await makeDataKey(store);
    // The other process has the former key alone: it seals with that, and opens what the new one sealed.
    await saveBlob(other.pool, { bytes: Buffer.from('late'), mime: 'text/plain' });
    await saveBlob(store.pool, { bytes: Buffer.from('new'), mime: 'text/plain' });
    expect(await rewriteWithNewest(store, { settleMs: 0 })).toMatchObject({
      keyId: made,
      values: 4,
      left: 0,
    });
    expect(await term(other)).toBe(TERM);
    expect((await listDataKeys(store.pool)).map(({ id }) => id)).toEqual([...before, made]);

    await store.pool.query(
      "UPDATE data_key SET created_at = created_at - interval '3 days', rewritten_at = rewritten_at - interval '2 days'",
    );
    expect(await rewriteWithNewest(store, { settleMs: 0 })).toMatchObject({ values: 0, deleted: 1 });
    expect(await term(store)).toBe(TERM);

    const running = await openKeys(store, master);
    const next = inventMaster();
    expect(await changeMasterKey(store, next)).toBe(1);
    await expect(openAgain(store, master)).rejects.toMatchObject({ code: 'wrong-master-key' });
    // A process that runs has its data keys; it can't take on one that the new master key wraps.
    expect((await running?.reload())?.newestId).toBe(made);
    await makeDataKey(store);
    await expect(running?.reload()).rejects.toThrow('needs the one with');
    const restarted = await openAgain(store, next);
    expect(await term(restarted)).toBe(TERM);
    await restarted.close();
  } finally {
    await other.close();
  }
});

it('decrypting for good leaves everything readable without a key, and takes the keys away with the last value', async () => {
  store = await openTestStore({ masterKey: inventMaster() });
  await store.transaction((tx) => saveWatchList(tx, list(TERM), { by: 'ines', note: `adds ${TERM}` }));
  // Bytes that look sealed.
  const alike = Buffer.concat([Buffer.from('ff4c575301', 'hex'), Buffer.from('not sealed')]);
  const sha256s = await Promise.all(
    [Buffer.from(TERM), PICTURE, alike].map((bytes) =>
      saveBlob(store!.pool, { bytes, mime: 'application/octet-stream' }),
    ),
  );
  // While something can't be opened, the keys stay.
  const failing = decryptForGood(store, { endWith: () => Promise.reject(new Error('no room')) });
  await expect(failing).rejects.toThrow('no room');
  expect(await loadEncryption(store)).toMatchObject({ isOn: true });

  expect(await decryptForGood(store)).toEqual({ values: 0, left: 0, keys: 1 });
  expect(await dump(store)).toContain(TERM);
  expect(await loadEncryption(store)).toMatchObject({ isOn: false, dataKeys: 0 });
  const without = await openAgain(store, null);
  try {
    expect((await loadCurrentWatchList(without.pool))?.campaigns[0]?.terms[0]?.text).toBe(TERM);
    const bytes = await Promise.all(sha256s.map((sha256) => loadBlob(without.pool, sha256)));
    expect(bytes.map((blob) => Buffer.from(blob?.bytes ?? []))).toEqual([Buffer.from(TERM), PICTURE, alike]);
  } finally {
    await without.close();
  }
});

it('newer keys are looked for before each statement, in time, however many transactions run', async () => {
  const master = inventMaster();
  store = await openTestStore({ masterKey: master });
  await store.useKeys(master, { freshMs: 0 });
  const own = store;
  const bytes = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      own.transaction(async (tx) => {
        const sha256 = await saveBlob(tx, { bytes: Buffer.from(`picture ${n}`), mime: 'image/png' });
        return Buffer.from((await loadBlob(tx, sha256))?.bytes ?? []).toString();
      }),
    ),
  );
  expect(bytes).toEqual(Array.from({ length: 40 }, (_, n) => `picture ${n}`));
  expect(await loadEncryption(own)).toMatchObject({ dataKeys: 1 });
});

it('a value that was changed is refused, and one under a lost data key says so', async () => {
  store = await openTestStore({ masterKey: inventMaster() });
  const sha256 = await saveBlob(store.pool, { bytes: Buffer.from('a picture'), mime: 'image/png' });
  await store.pool.query('UPDATE blob SET bytes = set_byte(bytes, 60, (get_byte(bytes, 60) + 1) % 256)');
  await expect(loadBlob(store.pool, sha256)).rejects.toMatchObject({ code: 'sealed-value-broken' });
  await store.pool.query(`UPDATE blob SET bytes = overlay(bytes PLACING '\\x00'::bytea FROM 10)`);
  await expect(loadBlob(store.pool, sha256)).rejects.toThrow('restore the table data_key');
});

it('a secret that goes past the store is refused, not written', async () => {
  store = await openTestStore();
  const client = new pg.Client({ connectionString: store.connectionString });
  await client.connect();
  try {
    await expect(client.query('SELECT $1::bytea', [secretBytes(Buffer.from('a'))])).rejects.toThrow(
      'through a store',
    );
  } finally {
    await client.end();
  }
});

it('the master key comes from a file, the environment or a command, and what is wrong is said without it', async () => {
  const value = randomBytes(32).toString('base64');
  expect(await readMasterKey({})).toBeNull();
  expect((await readMasterKey({ value }))?.bytes).toEqual(Buffer.from(value, 'base64'));
  expect((await readMasterKey({ command: `printf '%s\\n' ${value}` }))?.bytes).toEqual(
    Buffer.from(value, 'base64'),
  );
  await expect(readMasterKey({ file: '/no/such/file' })).rejects.toMatchObject({ code: 'bad-master-key' });
  await expect(readMasterKey({ value: 'secret words' })).rejects.toThrow(
    /^LEAKWATCH_MASTER_KEY is no master key: it must be 32 bytes/,
  );
  const failing = readMasterKey({ command: 'echo hidden; echo hidden >&2; exit 3' });
  await expect(failing).rejects.toThrow(
    'LEAKWATCH_MASTER_KEY_COMMAND failed (exit code 3): run it by hand to see why',
  );
});
