import { createServer } from 'node:net';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { StoreError } from '../store-error.ts';
import { openChildStore } from './support/child-store.ts';
import {
  clusterOf,
  createDataDir,
  findServer,
  findServerPid,
  makeDataDir,
  openTestedStore,
} from './support/data-directory.ts';

describe('the embedded server', () => {
  // One for all, because each first start costs seconds; every test leaves it closed.
  let dataDir: string;
  beforeAll(async () => {
    const made = await createDataDir();
    dataDir = made.dataDir;
    return made.remove;
  });

  it('is made on first use, keeps its data, and stops when its last user closes', async () => {
    const dataDir = await makeDataDir();
    const first = await openTestedStore(dataDir);
    expect(first.embedded).toBe(true);
    await first.pool.query('CREATE TABLE note (text text)');
    await first.pool.query("INSERT INTO note VALUES ('kept')");
    await first.close();
    expect(await findServer(dataDir)).toBeNull();

    const second = await openTestedStore(dataDir);
    expect((await second.pool.query('SELECT text FROM note')).rows).toEqual([{ text: 'kept' }]);
  });

  it('listens on 127.0.0.1 only, wants its password, and never shows it', async () => {
    const store = await openTestedStore(dataDir);
    const { rows } = await store.pool.query(
      `SELECT current_setting('listen_addresses') AS "on", current_setting('unix_socket_directories') AS socket,
              (SELECT array_agg(DISTINCT auth_method) FROM pg_hba_file_rules) AS auth,
              current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS sync`,
    );
    expect(rows).toEqual([{ on: '127.0.0.1', socket: '', auth: ['scram-sha-256'], fsync: 'on', sync: 'on' }]);
    expect((await stat(path.join(clusterOf(dataDir), 'leakwatch-password'))).mode & 0o777).toBe(0o600);
    expect((await stat(path.join(dataDir, 'postgres'))).mode & 0o777).toBe(0o700);
    const files = await readdir(path.join(dataDir, 'postgres'));
    expect(files.filter((name) => name.includes('new') || name.endsWith('.password'))).toEqual([]);

    const stranger = new URL(store.connectionString);
    stranger.password = 'guessed';
    await expect(openTestedStore(dataDir, { databaseUrl: stranger.href })).rejects.toMatchObject({
      code: 'refused',
      canRetry: false,
    });
  });

  it('orders and folds text the same on every machine', async () => {
    const store = await openTestedStore(dataDir);
    const { rows } = await store.pool.query("SELECT lower('ÄÇŞ') AS folded, 'Z' < 'a' AS by_code_point");
    expect(rows).toEqual([{ folded: 'äçş', by_code_point: true }]);
  });

  it('is shared: the first to close leaves it to the other, in whatever process', async () => {
    const here = await openTestedStore(dataDir);
    const pid = await findServerPid(dataDir);
    const there = await openChildStore({ dataDir });
    expect(await findServerPid(dataDir)).toBe(pid);
    await here.close();
    expect(await there.query('SELECT 42')).toBe('42');
    expect(await findServerPid(dataDir)).toBe(pid);
    await there.close();
    expect(await findServer(dataDir)).toBeNull();
  });

  it('is made and started once when two processes come at the same moment', async () => {
    const dataDir = await makeDataDir();
    const children = await Promise.all([openChildStore({ dataDir }), openChildStore({ dataDir })]);
    const systems = await Promise.all(
      children.map((child) => child.query('SELECT system_identifier FROM pg_control_system()')),
    );
    expect(new Set(systems).size).toBe(1);
    await Promise.all(children.map((child) => child.close()));
    expect(await findServer(dataDir)).toBeNull();
  });

  it('comes up again for one who opens while the last one closes', async () => {
    let leaving = await openTestedStore(dataDir);
    for (let round = 0; round < 8; round += 1) {
      const [coming] = await Promise.all([openTestedStore(dataDir), leaving.close()]);
      await coming.pool.query('CREATE TABLE IF NOT EXISTS note (round int)');
      leaving = coming;
    }
    await leaving.close();
    expect(await findServer(dataDir)).toBeNull();
  });

  it('says so when the data directory is of another major version', async () => {
    const dataDir = await makeDataDir();
    await mkdir(clusterOf(dataDir), { recursive: true, mode: 0o700 });
    await writeFile(path.join(clusterOf(dataDir), 'PG_VERSION'), '12\n');
    await expect(openTestedStore(dataDir)).rejects.toThrow(/made by Postgres 12 and the binaries are of 17/);
  });

  it('says so when the data directory is a file', async () => {
    const file = path.join(path.dirname(await makeDataDir()), 'file');
    await writeFile(file, 'not a directory');
    await expect(openTestedStore(file)).rejects.toMatchObject({ code: 'data-dir-denied' });
  });

  it('gives the last words of a server that does not start', async () => {
    const dataDir = await makeDataDir();
    const store = await openTestedStore(dataDir);
    await store.close();
    await writeFile(path.join(clusterOf(dataDir), 'postgresql.conf'), 'no_such_setting = 1\n');
    const error: unknown = await openTestedStore(dataDir).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ code: 'start-failed' });
    expect(String(error)).toContain('no_such_setting');
  });

  it('takes another port when its old one is taken', async () => {
    const child = await openChildStore({ dataDir });
    const server = await findServer(dataDir);
    await child.kill();
    process.kill(server!.pid, 'SIGKILL');
    const squatter = createServer();
    await expect
      .poll(
        () =>
          new Promise((resolve) => {
            squatter.once('error', () => resolve(false));
            squatter.listen(server!.port!, '127.0.0.1', () => resolve(true));
          }),
        { timeout: 60_000 },
      )
      .toBe(true);
    try {
      const store = await openTestedStore(dataDir);
      await store.ping();
      expect((await findServer(dataDir))?.port).not.toBe(server!.port);
    } finally {
      squatter.close();
    }
  });
});
