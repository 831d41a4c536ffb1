import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openChildStore } from './support/child-store.ts';
import {
  clusterOf,
  createDataDir,
  findServer,
  findServerPid,
  openTestedStore,
} from './support/data-directory.ts';
import { eventually } from './support/eventually.ts';

describe('the embedded server, when things are killed', () => {
  // One for all, because each first start costs seconds; every test leaves it closed.
  let dataDir: string;
  beforeAll(async () => {
    const made = await createDataDir();
    dataDir = made.dataDir;
    return made.remove;
  });

  it('is joined again after a kill -9 of the node that started it', async () => {
    const child = await openChildStore({ dataDir });
    await child.query('CREATE TABLE outlived AS SELECT 7 AS seven');
    const pid = await findServerPid(dataDir);
    await child.kill();

    const store = await openTestedStore(dataDir);
    expect(await findServerPid(dataDir)).toBe(pid);
    expect((await store.pool.query('SELECT seven FROM outlived')).rows).toEqual([{ seven: 7 }]);
    await store.close();
    expect(await findServer(dataDir)).toBeNull();
  });

  it('is started again on the next start after a kill -9 of both, with its data', async () => {
    const child = await openChildStore({ dataDir });
    await child.query('CREATE TABLE restarted AS SELECT 7 AS seven');
    const pid = await findServerPid(dataDir);
    await child.kill();
    process.kill(pid, 'SIGKILL');

    const store = await openTestedStore(dataDir);
    expect(await findServerPid(dataDir)).not.toBe(pid);
    expect((await store.pool.query('SELECT seven FROM restarted')).rows).toEqual([{ seven: 7 }]);
  });

  it('is brought back by the node that uses it, and pool, listeners and address go on', async () => {
    const notices: string[] = [];
    const store = await openTestedStore(dataDir, { onNotice: (line) => notices.push(line) });
    const heard: string[] = [];
    await store.listen('news', (payload) => heard.push(payload));
    await store.pool.query('CREATE TABLE round_trip (n int)');

    for (let round = 1; round <= 3; round += 1) {
      await eventually(() => store.pool.query('INSERT INTO round_trip VALUES ($1)', [round]));
      const pid = await findServerPid(dataDir);
      process.kill(pid, 'SIGKILL');
      await expect(untilFailure(() => store.pool.query('SELECT pg_sleep(1)'))).resolves.toMatchObject({
        name: 'StoreError',
        canRetry: true,
      });
      await eventually(() => store.ping());
      expect(await findServerPid(dataDir)).not.toBe(pid);
      await eventually(() => expect(notices.filter((line) => line.includes('is back'))).toHaveLength(round));
      await eventually(() => expect(heard.filter((payload) => payload === '')).toHaveLength(round));
      await store.pool.query("SELECT pg_notify('news', $1)", [`round ${round}`]);
      await eventually(() => expect(heard.at(-1)).toBe(`round ${round}`));
    }
    expect((await store.pool.query('SELECT array_agg(n ORDER BY n) AS n FROM round_trip')).rows).toEqual([
      { n: [1, 2, 3] },
    ]);
    expect(Number(new URL(store.connectionString).port)).toBe((await findServer(dataDir))?.port);
  });

  it('is brought back once when two processes use it', async () => {
    const store = await openTestedStore(dataDir);
    const child = await openChildStore({ dataDir });
    process.kill(await findServerPid(dataDir), 'SIGKILL');
    const started = 'SELECT pg_postmaster_start_time()::text AS at, pg_sleep(0.2)';
    await eventually(() => store.ping());
    await eventually(() => child.query(started));
    const { rows } = await store.pool.query(started);
    expect(rows).toMatchObject([{ at: await child.query(started) }]);
    await store.close();
    expect(await child.query('SELECT 1')).toBe('1');
    await child.close();
    expect(await findServer(dataDir)).toBeNull();
  });

  it('is brought back by one that only joined, when the node that started it was killed with it', async () => {
    const child = await openChildStore({ dataDir });
    const store = await openTestedStore(dataDir);
    const pid = await findServerPid(dataDir);
    await child.kill();
    process.kill(pid, 'SIGKILL');
    await untilFailure(() => store.pool.query('SELECT pg_sleep(1)'));
    await eventually(() => store.ping());
    expect(await findServerPid(dataDir)).not.toBe(pid);
  });

  it('is not kept from starting by a stranger who has its number now', async () => {
    const store = await openTestedStore(dataDir);
    const pidFile = await readFile(path.join(clusterOf(dataDir), 'postmaster.pid'), 'utf8');
    const owner = await stat(clusterOf(dataDir));
    await store.close();

    const stranger = spawn('sleep', ['1000'], {
      stdio: 'ignore',
      ...(process.getuid?.() === 0 ? { uid: owner.uid, gid: owner.gid } : {}),
    });
    onTestFinished(async () => {
      stranger.kill();
      await once(stranger, 'exit');
    });
    await once(stranger, 'spawn');
    await writeFile(
      path.join(clusterOf(dataDir), 'postmaster.pid'),
      pidFile.replace(/^\d+/, String(stranger.pid)),
    );
    const again = await openTestedStore(dataDir);
    await again.ping();
    expect(await findServerPid(dataDir)).not.toBe(stranger.pid);
  });

  it('is closed in peace while it is being brought back', async () => {
    const store = await openTestedStore(dataDir);
    process.kill(await findServerPid(dataDir), 'SIGKILL');
    await untilFailure(() => store.pool.query('SELECT pg_sleep(1)'));
    await store.close();
    expect(await findServer(dataDir)).toBeNull();
    await expect(store.ping()).rejects.toMatchObject({ code: 'closed' });
  });
});

async function untilFailure(attempt: () => Promise<unknown>): Promise<unknown> {
  for (;;) {
    try {
      await attempt();
    } catch (error) {
      return error;
    }
  }
}
