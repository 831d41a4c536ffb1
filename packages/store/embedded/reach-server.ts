import { backOffMs, pause } from '@leakwatch/runtime/waiting';
import type pg from 'pg';
import { StoreError } from '../store-error.ts';
import { type Binaries } from './binaries.ts';
import { EMBEDDED_ROLE, readPassword, type ClusterPlace } from './create-cluster.ts';
import { isServing, readPostmaster, removeMisleadingPidFile, type Postmaster } from './postmaster.ts';
import { bePresent } from './presence.ts';
import { findFreePort, startServer, type StartedServer } from './start-server.ts';

const GIVE_UP_AFTER_MS = 60_000;
/** A server that replays its log after a crash says so, and may take a while. */
const GIVE_UP_RECOVERY_AFTER_MS = 15 * 60_000;
const STARTS_BEFORE_GIVING_UP = 3;
const LOOKS = { firstMs: 10, longestMs: 200 };

/** Another server was faster, or children of a killed one still hold its memory: it passes in moments. */
const RIVAL = /lock file ".*" already exists|pre-existing shared memory block/;
const PORT_TAKEN = /could not bind|Address already in use/;

export interface ReachedServer {
  readonly presence: pg.Client;
  readonly address: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
  };
}

/**
 * Joins the cluster's server, and starts it if none runs. Any number of processes may do this at once, at any moment of
 * the server's life: Postgres's `postmaster.pid` is the lock that admits one server, and the others join it.
 */
export async function reachServer(options: {
  place: ClusterPlace;
  binaries: Binaries;
  logFile: string;
  /** The port of the previous server, so that addresses given out stay valid. */
  lastPort: number | null;
  /** Ends the attempt, unless a server was started for it: that one must be joined, to be stopped. */
  cancelled: AbortSignal;
}): Promise<ReachedServer> {
  const { place } = options;
  const password = await readPassword(place);
  const since = Date.now();
  let started: StartedServer | null = null;
  let starts = 0;
  let obstacle = 'it did not answer';
  let wantedPort = options.lastPort;
  for (let looks = 1; ; looks += 1) {
    if (options.cancelled.aborted && started === null) {
      throw new StoreError('closed', 'the store was closed while its server was gone');
    }
    const postmaster = await readPostmaster(place.cluster);
    if (postmaster !== null && (await isServing(postmaster, place.cluster))) {
      const reached = await tryToJoin(postmaster, password);
      if (typeof reached !== 'string') return reached;
      obstacle = reached;
    } else {
      const ending = started === null ? 'never started' : await started.ended();
      if (ending !== null) {
        if (started !== null) {
          obstacle = ending;
          if (PORT_TAKEN.test(ending)) wantedPort = null;
          else if (!RIVAL.test(ending) && starts >= STARTS_BEFORE_GIVING_UP)
            throw startFailed(obstacle, options);
        }
        if (postmaster !== null) await removeMisleadingPidFile(postmaster, place.cluster);
        const port = await findFreePort(wantedPort ?? postmaster?.port ?? null);
        started = await startServer(place, options.binaries, options.logFile, port);
        starts += 1;
      }
    }
    const limit = /starting up|recovery/.test(obstacle) ? GIVE_UP_RECOVERY_AFTER_MS : GIVE_UP_AFTER_MS;
    if (Date.now() - since > limit) throw startFailed(obstacle, options);
    await pause(backOffMs(LOOKS, looks));
  }
}

/** The server's connection, or the reason why there is none yet. */
async function tryToJoin(postmaster: Postmaster, password: string): Promise<ReachedServer | string> {
  if (postmaster.port === null) return 'it has not opened its port';
  const address = { host: '127.0.0.1', port: postmaster.port, user: EMBEDDED_ROLE, password };
  const answer = await bePresent(address);
  if (answer.kind === 'present') return { presence: answer.client, address };
  if (answer.kind === 'stopping') return 'it is being stopped';
  if (answer.error.code === 'refused') throw answer.error;
  return answer.error.message;
}

function startFailed(obstacle: string, options: { logFile: string }): StoreError {
  return new StoreError(
    'start-failed',
    `The embedded Postgres does not start: ${obstacle}\n(its log: ${options.logFile})`,
  );
}
