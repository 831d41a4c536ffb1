import { chmod, stat } from 'node:fs/promises';
import path from 'node:path';
import { retry } from '@leakwatch/runtime/waiting';
import { prepareBinaries, type Binaries } from './embedded/binaries.ts';
import { ensureCluster, type ClusterPlace } from './embedded/create-cluster.ts';
import { isFileError } from './embedded/file-errors.ts';
import { takeFromNobody } from './embedded/hand-over.ts';
import { makeDirectory } from './embedded/make-directory.ts';
import { becomeLast } from './embedded/presence.ts';
import { reachServer, type ReachedServer } from './embedded/reach-server.ts';
import { chooseServerUser } from './embedded/server-user.ts';
import { stopServer } from './embedded/stop-server.ts';
import { StoreError, type StoreErrorCode } from './store-error.ts';
import { toStoreError } from './to-store-error.ts';

export interface EmbeddedServer {
  /** The current port: a server that restarted may have moved. */
  address(): ReachedServer['address'];
  /** Stops using the server, and stops the server if no other process uses it. */
  leave(): Promise<void>;
}

const BACK_OFF = { firstMs: 100, longestMs: 5_000 };

/**
 * Uses the Postgres server of the cluster in `dataDir`/postgres. Creates the cluster, and starts the server or joins
 * the running one. From then on this process keeps it alive: if the server dies, it is started again.
 *
 * All processes that share a data directory are equal, and the last to leave stops the server. If that one is killed,
 * the server lives on and the next start joins it.
 */
export async function useEmbeddedServer(options: {
  dataDir: string;
  onNotice: (line: string) => void;
}): Promise<EmbeddedServer> {
  const { onNotice } = options;
  const home = path.resolve(options.dataDir, 'postgres');
  const { place, binaries } = await prepare(home, onNotice);
  const logFile = path.join(home, 'server.log');
  const leaving = new AbortController();

  const reach = async (lastPort: number | null) => {
    try {
      return await reachServer({ place, binaries, logFile, lastPort, cancelled: leaving.signal });
    } catch (error) {
      throw asStoreError('start-failed', `the embedded Postgres in ${home} can't be reached`, error);
    }
  };

  let reached = await reach(null);
  let recovery: Promise<void> | null = null;
  const watch = () => {
    reached.presence.once('end', () => {
      if (!leaving.signal.aborted) recovery = recover();
    });
  };
  const shouldRetry = (error: unknown): boolean => {
    if (leaving.signal.aborted) return false;
    onNotice(`the embedded Postgres does not come back: ${toStoreError(error).message}`);
    return true;
  };
  /** Gives up only when this process leaves. */
  const recover = async () => {
    onNotice('the embedded Postgres has gone; bringing it back');
    const since = Date.now();
    try {
      reached = await retry(() => reach(reached.address.port), {
        backOff: BACK_OFF,
        shouldRetry,
        signal: leaving.signal,
      });
    } catch {
      return;
    }
    recovery = null;
    watch();
    onNotice(`the embedded Postgres is back after ${Date.now() - since} ms`);
  };
  watch();

  return {
    address: () => reached.address,
    leave: async () => {
      leaving.abort();
      await recovery;
      await leave(reached, place);
    },
  };
}

async function prepare(
  home: string,
  onNotice: (line: string) => void,
): Promise<{ place: ClusterPlace; binaries: Binaries }> {
  try {
    await makeDirectory(home, 0o700);
    await closeToOthers(home);
    const cluster = path.join(home, 'cluster');
    const user = await chooseServerUser(home, cluster);
    const place: ClusterPlace = await takeFromNobody({ home, cluster, user }, onNotice);
    const binaries = await prepareBinaries({
      user: place.user,
      privateDirectory: path.join(home, 'binaries'),
    });
    await ensureCluster(place, binaries, onNotice);
    return { place, binaries };
  } catch (error) {
    const isDenied = isFileError(error, 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT');
    throw asStoreError(
      isDenied ? 'data-dir-denied' : 'start-failed',
      `the data directory ${home} can't be used`,
      error,
    );
  }
}

/** A copy or a restored backup may have opened the folder; root leaves another user's as it is. */
async function closeToOthers(home: string): Promise<void> {
  const found = await stat(home);
  if (found.uid === process.getuid?.() && (found.mode & 0o077) !== 0) await chmod(home, 0o700);
}

function asStoreError(code: StoreErrorCode, what: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  return new StoreError(code, `${what}: ${error instanceof Error ? error.message : String(error)}`, {
    cause: error,
  });
}

/** A server that is gone, or that breaks off while we ask, needs no stopping. */
async function leave(reached: ReachedServer, place: ClusterPlace): Promise<void> {
  const { presence } = reached;
  const isLast = await becomeLast(presence).catch((error: unknown) => {
    if (toStoreError(error).code === 'connection-lost') return false;
    throw error;
  });
  if (isLast) await stopServer(place.cluster);
  await presence.end();
}
