import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../migrate.ts';
import { openTestStore, type TestStore } from '../testing.ts';

describe('migrations', () => {
  let store: TestStore;
  let directory: string;

  beforeEach(async () => {
    store = await openTestStore({ migrate: false });
    directory = await mkdtemp(path.join(os.tmpdir(), 'leakwatch-migrations-'));
    await write('000001-first.sql', 'CREATE TABLE first (n int);');
    await write('000003-third.sql', 'INSERT INTO first VALUES (3);');
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
    await store.drop();
  });

  const write = (file: string, sql: string) => writeFile(path.join(directory, file), sql);
  const numbers = async (): Promise<unknown[]> => {
    const { rows } = await store.pool.query<Record<string, unknown>>(
      'SELECT array_agg(n ORDER BY n) AS n FROM first',
    );
    return rows;
  };

  it('run in order, each once, and a later one on top', async () => {
    await migrate(store.pool, directory);
    await migrate(store.pool, directory);
    expect(await numbers()).toEqual([{ n: [3] }]);
    await write('000004-fourth.sql', 'INSERT INTO first VALUES (4);');
    await migrate(store.pool, directory);
    expect(await numbers()).toEqual([{ n: [3, 4] }]);
    const { rows } = await store.pool.query('SELECT number, name FROM schema_migration ORDER BY number');
    expect(rows).toEqual([
      { number: 1, name: 'first' },
      { number: 3, name: 'third' },
      { number: 4, name: 'fourth' },
    ]);
  });

  it('run once when many processes start at the same moment', async () => {
    await Promise.all(Array.from({ length: 6 }, () => migrate(store.pool, directory)));
    expect(await numbers()).toEqual([{ n: [3] }]);
  });

  it('leave nothing behind when one fails half-way, and say which', async () => {
    await write('000004-broken.sql', 'INSERT INTO first VALUES (4); SELECT no_such_function();');
    const failure = migrate(store.pool, directory);
    await expect(failure).rejects.toMatchObject({ code: 'migration-failed', sqlState: '42883' });
    await expect(failure).rejects.toThrow('000004-broken');
    expect(await numbers()).toEqual([{ n: [3] }]);
    await write('000004-broken.sql', 'INSERT INTO first VALUES (4);');
    await migrate(store.pool, directory);
    expect(await numbers()).toEqual([{ n: [3, 4] }]);
  });

  it('are refused when one was changed after it had run, but not for its line ends', async () => {
    await migrate(store.pool, directory);
    await write('000001-first.sql', 'CREATE TABLE first (n bigint);');
    await expect(migrate(store.pool, directory)).rejects.toMatchObject({ code: 'migration-changed' });
    await write('000004-lines.sql', 'SELECT 1;\nSELECT 2;\n');
    await write('000001-first.sql', 'CREATE TABLE first (n int);');
    await migrate(store.pool, directory);
    await write('000004-lines.sql', 'SELECT 1;\r\nSELECT 2;\r\n');
    await migrate(store.pool, directory);
  });

  it('are refused when the database is newer than the code', async () => {
    await migrate(store.pool, directory);
    await rm(path.join(directory, '000003-third.sql'));
    await expect(migrate(store.pool, directory)).rejects.toMatchObject({ code: 'database-too-new' });
  });

  it('are refused when one comes late under a low number', async () => {
    await migrate(store.pool, directory);
    await write('000002-late.sql', 'SELECT 1;');
    await expect(migrate(store.pool, directory)).rejects.toThrow(/000002-late.*already at 3/);
  });

  it('are refused when two have one number', async () => {
    await write('000003-twin.sql', 'SELECT 1;');
    await expect(migrate(store.pool, directory)).rejects.toThrow(/two migrations have the number 000003/);
  });

  it('are missed where there are none', async () => {
    await expect(migrate(store.pool, path.join(directory, 'nowhere'))).rejects.toMatchObject({
      code: 'migration-failed',
    });
  });
});
