import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../open-store.ts';
import { loadBlob } from '../queries/load-blob.ts';
import { saveBlob } from '../queries/save-blob.ts';
import { openTestStore, type TestStore } from '../testing.ts';
import { toStoreError } from '../to-store-error.ts';
import { eventually } from './support/eventually.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await store.pool.query('CREATE TABLE note (n int PRIMARY KEY)');
});
afterAll(() => store.drop());

async function notes(): Promise<number[]> {
  const { rows } = await store.pool.query<{ n: number }>('SELECT n FROM note ORDER BY n');
  return rows.map(({ n }) => n);
}

describe('a database that gives no answer', () => {
  it('is a lost connection after the time that is allowed, in a transaction, too, and the next query has another', async () => {
    const impatient = await openStore({
      databaseUrl: store.connectionString,
      dataDir: '',
      answerMs: 300,
      migrate: false,
    });
    const lost = { name: 'StoreError', code: 'connection-lost', canRetry: true };
    await expect(impatient.pool.query('SELECT pg_sleep(600)')).rejects.toMatchObject(lost);
    await expect(impatient.transaction((tx) => tx.query('SELECT pg_sleep(600)'))).rejects.toMatchObject(lost);
    await impatient.ping();
    await impatient.close();
  });
});

describe('a database that answers reads and takes no writes, as on a full disk or a standby', () => {
  it('is told by the probe, and may take them later', async () => {
    const url = new URL(store.connectionString);
    url.searchParams.set('options', '-c default_transaction_read_only=on');
    const reading = await openStore({ databaseUrl: url.href, dataDir: '', migrate: false });
    await reading.ping();
    await expect(reading.probeWrites()).rejects.toMatchObject({ code: 'not-writable', canRetry: true });
    await reading.close();

    await store.probeWrites();
    const { rows } = await store.pool.query('SELECT FROM write_probe');
    expect(rows).toEqual([]);
  });

  it.each([
    ['53100', 'could not extend file "base/16384/24614": No space left on device'],
    ['53200', 'out of memory'],
  ])('is one that answers %s', (code, message) => {
    const error = toStoreError(Object.assign(new Error(message), { code }));
    expect(error).toMatchObject({ code: 'not-writable', canRetry: true, sqlState: code });
    expect(error.message).toBe(`the database takes no writes now: ${message}`);
  });
});

describe('a transaction', () => {
  it('is committed when its work resolves, and gives what that gives', async () => {
    const given = await store.transaction(async (tx) => {
      await tx.query('INSERT INTO note VALUES (1)');
      return 'done';
    });
    expect(given).toBe('done');
    expect(await notes()).toEqual([1]);
  });

  it('is rolled back when its work rejects, with the error passed on', async () => {
    const mishap = new Error('mishap');
    await expect(
      store.transaction(async (tx) => {
        await tx.query('INSERT INTO note VALUES (2)');
        throw mishap;
      }),
    ).rejects.toBe(mishap);
    expect(await notes()).toEqual([1]);
  });

  it('does not pass for committed when its work hides that a statement failed', async () => {
    await expect(
      store.transaction(async (tx) => {
        await tx.query('INSERT INTO note VALUES (3)');
        await tx.query('INSERT INTO note VALUES (1)').catch(() => undefined);
      }),
    ).rejects.toThrow(/rolled back because a statement in it failed/);
    expect(await notes()).toEqual([1]);
  });

  it('tells a conflict, which may be tried again, from a mistake, which may not', async () => {
    await expect(store.transaction((tx) => tx.query('INSERT INTO note VALUES (1)'))).rejects.toMatchObject({
      name: 'StoreError',
      code: 'query-failed',
      sqlState: '23505',
      canRetry: false,
    });
    const addOne = (other: () => Promise<unknown>) =>
      store.transaction(async (tx) => {
        await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
        await tx.query('SELECT n FROM note');
        await other();
        await tx.query('UPDATE note SET n = n + 10');
      });
    await expect(addOne(() => addOne(() => Promise.resolve()))).rejects.toMatchObject({
      code: 'conflict',
      canRetry: true,
    });
  });

  it('that loses its connection fails with word of it, and drops the connection', async () => {
    await expect(
      store.transaction(async (tx) => {
        await tx.query('INSERT INTO note VALUES (4)');
        await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
      }),
    ).rejects.toMatchObject({ code: 'connection-lost', canRetry: true });
    expect(await notes()).not.toContain(4);
  });
});

describe('listening', () => {
  const tell = (channel: string, payload: string) =>
    store.pool.query('SELECT pg_notify($1, $2)', [channel, payload]);

  it('hears its channel from the moment it resolves until it is ended', async () => {
    const [here, there]: [string[], string[]] = [[], []];
    const endHere = await store.listen('Here "x"', (payload) => here.push(payload));
    await store.listen('there', (payload) => there.push(payload));
    await tell('Here "x"', 'one');
    await tell('there', 'two');
    await eventually(() => expect([here, there]).toEqual([['one'], ['two']]));
    await endHere();
    await tell('Here "x"', 'three');
    await tell('there', 'four');
    await eventually(() => expect(there).toEqual(['two', 'four']));
    expect(here).toEqual(['one']);
  });

  it('connects again by itself, says that it may have missed something, and hears on', async () => {
    const heard: string[] = [];
    await store.listen('again', (payload) => heard.push(payload));
    await store.pool.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'leakwatch test listener' AND datname = current_database()",
    );
    await eventually(() => expect(heard).toEqual(['']));
    await tell('again', 'news');
    await eventually(() => expect(heard).toEqual(['', 'news']));
  });
});

describe('blobs', () => {
  it('come back as they were saved, however often they are', async () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 251);
    const sha256 = await saveBlob(store.pool, { bytes, mime: 'image/png' });
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await saveBlob(store.pool, { bytes, mime: 'image/webp' })).toBe(sha256);
    const loaded = await loadBlob(store.pool, sha256);
    expect(loaded).toMatchObject({ sha256, mime: 'image/png' });
    expect(Buffer.compare(loaded!.bytes, bytes)).toBe(0);
  });

  it('that were never saved are null', async () => {
    expect(await loadBlob(store.pool, '0'.repeat(64))).toBeNull();
  });

  it('come back whole when they are larger than one answer holds', async () => {
    const bytes = new Uint8Array(2_500_000).map((_zero, at) => (at * 31 + (at >> 8)) % 251);
    const sha256 = await saveBlob(store.pool, { bytes, mime: 'image/png' });
    const loaded = await loadBlob(store.pool, sha256);
    expect(Buffer.compare(loaded?.bytes ?? new Uint8Array(), bytes)).toBe(0);
  });
});
