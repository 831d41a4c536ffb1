import { spawn } from 'node:child_process';
import { open, rename, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { type Binaries } from './binaries.ts';
import { type ClusterPlace } from './create-cluster.ts';
import { SERVER_ENVIRONMENT, clusterArgument } from './server-process.ts';
import { asSpawnUser } from './server-user.ts';

const LOG_IS_LONG_BYTES = 4 * 1024 * 1024;

export interface StartedServer {
  /** Why it ended, in its own words; null while it runs. */
  ended(): Promise<string | null>;
}

/**
 * Starts the server on 127.0.0.1 as a separate process, which outlives this one and ignores Ctrl-C in its terminal. It
 * may end at once if another was faster: the cluster's `postmaster.pid` admits one.
 */
export async function startServer(
  place: ClusterPlace,
  binaries: Binaries,
  logFile: string,
  port: number,
): Promise<StartedServer> {
  const logged = await stat(logFile).catch(() => null);
  if (logged !== null && logged.size > LOG_IS_LONG_BYTES) await rename(logFile, `${logFile}.1`);
  const log = await open(logFile, 'a+', 0o600);
  // A server run without us must be able to write it, too.
  if (place.user !== null) await log.chown(place.user.uid, place.user.gid);
  const from = (await log.stat()).size;
  const child = spawn(
    binaries.postgres,
    [
      '-D',
      clusterArgument(place.cluster, place.user),
      ...settings({
        port: String(port),
        listen_addresses: '127.0.0.1',
        unix_socket_directories: '',
        max_connections: '200',
        timezone: 'UTC',
        log_timezone: 'UTC',
        // Otherwise errors are logged with key values, which may be embargoed terms.
        log_error_verbosity: 'terse',
        // Parallel workers share memory through /dev/shm, of which containers have 64 MB.
        max_parallel_workers_per_gather: '0',
        max_parallel_maintenance_workers: '0',
      }),
    ],
    {
      cwd: place.cluster,
      env: SERVER_ENVIRONMENT,
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
      ...asSpawnUser(place.user),
    },
  );
  child.unref();
  let outcome: string | null = null;
  child.once('error', (error) => {
    outcome = error.message;
  });
  child.once('exit', (status, signal) => {
    outcome = `ended with ${signal ?? `status ${status ?? '?'}`}`;
  });
  await log.close();
  return {
    ended: async () => (outcome === null ? null : `${outcome}\n${await readFrom(logFile, from)}`),
  };
}

/** A free port of 127.0.0.1: `preferred` if it is free, else any. */
export async function findFreePort(preferred: number | null): Promise<number> {
  if (preferred !== null && (await tryPort(preferred)) !== null) return preferred;
  const any = await tryPort(0);
  if (any === null) throw new Error('no free port on 127.0.0.1');
  return any;
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(null));
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : null));
    });
  });
}

function settings(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function readFrom(file: string, offset: number): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.min(Math.max(size - offset, 0), 8192));
    await handle.read(bytes, 0, bytes.length, Math.max(size - bytes.length, 0));
    return bytes.toString('utf8').trim();
  } finally {
    await handle.close();
  }
}
