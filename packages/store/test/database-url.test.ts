import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../open-store.ts';
import { openTestStore, type TestStore } from '../testing.ts';

describe('DATABASE_URL', () => {
  const dataDir = '/nowhere/that/is/needed';
  let given: TestStore;
  beforeAll(async () => {
    given = await openTestStore();
  });
  afterAll(() => given.drop());

  it('is used where it is given, and the server is left alone at the end', async () => {
    const store = await openStore({ databaseUrl: given.connectionString, dataDir });
    expect(store.embedded).toBe(false);
    expect(store.connectionString).toBe(given.connectionString);
    await store.ping();
    await store.close();
    await given.ping();
  });

  it.each(['garbage', 'http://localhost/leakwatch', 'localhost:5432', '://secret@', '/var/run/postgresql'])(
    'is refused without repeating it when it is %s',
    async (databaseUrl) => {
      const error: unknown = await openStore({ databaseUrl, dataDir }).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'StoreError', code: 'bad-database-url', canRetry: false });
      expect(String(error)).toMatch(/postgres:\/\/user:password@host/);
      expect(String(error)).not.toContain(databaseUrl);
    },
  );

  it('is worth a retry when no server answers there', async () => {
    await expect(
      openStore({ databaseUrl: 'postgres://someone:secret@127.0.0.1:1/leakwatch', dataDir }),
    ).rejects.toMatchObject({ code: 'unreachable', canRetry: true });
  });

  it.each([
    ['a wrong password', (url: URL) => (url.password = 'wrong')],
    ['a database that is not there', (url: URL) => (url.pathname = '/nothing_here')],
  ])('is refused for %s', async (_case, spoil) => {
    const url = new URL(given.connectionString);
    spoil(url);
    await expect(openStore({ databaseUrl: url.href, dataDir })).rejects.toMatchObject({
      code: 'refused',
      canRetry: false,
    });
  });
});
