import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { isServing, readPostmaster, type Postmaster } from '../../embedded/postmaster.ts';
import { openStore, type OpenStoreOptions } from '../../open-store.ts';
import { type Store } from '../../assemble-store.ts';
import { stopServer } from '../../embedded/stop-server.ts';

interface DataDirectory {
  readonly dataDir: string;
  /** Stops its server, however the tests ended, and removes it. */
  readonly remove: () => Promise<void>;
}

/** A data directory in a folder of mode 0700. Nothing is in it yet. */
export async function createDataDir(owner?: { uid: number; gid: number }): Promise<DataDirectory> {
  const parent = await mkdtemp(path.join(os.tmpdir(), 'leakwatch-store-'));
  await chmod(parent, 0o700);
  if (owner !== undefined) await chown(parent, owner.uid, owner.gid);
  const dataDir = path.join(parent, '.data');
  const remove = async () => {
    await stopServer(clusterOf(dataDir));
    await rm(parent, { recursive: true, force: true });
  };
  return { dataDir, remove };
}

/** A data directory for one test. */
export async function makeDataDir(owner?: { uid: number; gid: number }): Promise<string> {
  const { dataDir, remove } = await createDataDir(owner);
  onTestFinished(remove);
  return dataDir;
}

/** A store that is closed after the test. */
export async function openTestedStore(
  dataDir: string,
  options: Partial<OpenStoreOptions> = {},
): Promise<Store> {
  const store = await openStore({ dataDir, migrate: false, ...options });
  onTestFinished(() => store.close());
  return store;
}

export function clusterOf(dataDir: string): string {
  return path.join(dataDir, 'postgres', 'cluster');
}

/** The server that serves now; null if none does. */
export async function findServer(dataDir: string): Promise<Postmaster | null> {
  const postmaster = await readPostmaster(clusterOf(dataDir));
  return postmaster !== null && (await isServing(postmaster, clusterOf(dataDir))) ? postmaster : null;
}

export async function findServerPid(dataDir: string): Promise<number> {
  const server = await findServer(dataDir);
  if (server === null) throw new Error('no server serves');
  return server.pid;
}
