import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StoreError } from '../store-error.ts';
import { listAccounts } from './accounts.ts';
import { type Binaries } from './binaries.ts';
import { isFileError } from './file-errors.ts';
import { copyForUser } from './hand-over.ts';
import { withIdleAccount } from './idle-account.ts';
import { clusterArgument, runTool } from './server-process.ts';
import { type ServerUser } from './server-user.ts';

/** The one role of an embedded server. */
export const EMBEDDED_ROLE = 'leakwatch';

const PASSWORD_FILE = 'leakwatch-password';
const UNFINISHED = 'cluster-new-';
const UNFINISHED_IS_LEFT_OVER_AFTER_MS = 10 * 60_000;

export interface ClusterPlace {
  /** Our own directory, in which the cluster lies as `cluster`. */
  readonly home: string;
  readonly cluster: string;
  readonly user: ServerUser | null;
}

/**
 * Creates the cluster unless it exists. It is made under another name and then renamed, with its password, so that it
 * is there whole or not at all. If two processes create it at once, one wins and the other uses it.
 */
export async function ensureCluster(
  place: ClusterPlace,
  binaries: Binaries,
  onNotice: (line: string) => void,
): Promise<void> {
  const version = await readFile(path.join(place.cluster, 'PG_VERSION'), 'utf8').catch((error: unknown) => {
    if (isFileError(error, 'ENOENT')) return null;
    throw error;
  });
  if (version === null) {
    onNotice('making a Postgres cluster for the first time, which takes a few seconds');
    await removeLeftOvers(place.home);
    await createCluster(place, binaries);
  } else if (Number(version) !== binaries.major) {
    throw new StoreError(
      'data-dir-version',
      `${place.cluster} was made by Postgres ${version.trim()} and the binaries are of ${binaries.major}. ` +
        'Take the leakwatch it was made with, or another data directory.',
    );
  }
}

/** Readable only by the user who created the cluster, and by root. */
export async function readPassword(place: ClusterPlace): Promise<string> {
  return (await readFile(path.join(place.cluster, PASSWORD_FILE), 'utf8')).trim();
}

async function createCluster(place: ClusterPlace, binaries: Binaries): Promise<void> {
  const suffix = randomBytes(6).toString('hex');
  const fresh = path.join(place.home, `${UNFINISHED}${suffix}`);
  const password = randomBytes(24).toString('base64url');
  try {
    await makeFiles(fresh, place, binaries, password);
    await writeFile(path.join(fresh, PASSWORD_FILE), `${password}\n`, { mode: 0o600, flush: true });
    await rename(fresh, place.cluster).catch((error: unknown) => {
      if (!isFileError(error, 'ENOTEMPTY', 'EEXIST')) throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  await flushDirectory(place.home);
}

/** initdb insists on a user with a name. A user without one gets a copy of what an idle account made. */
async function makeFiles(
  fresh: string,
  place: ClusterPlace,
  binaries: Binaries,
  password: string,
): Promise<void> {
  const { user } = place;
  if (user === null || (await listAccounts()).some(({ uid }) => uid === user.uid)) {
    await mkdir(fresh, { mode: 0o700 });
    if (user !== null) await chown(fresh, user.uid, user.gid);
    await runInitdb(fresh, user, binaries, password);
    return;
  }
  const made = `${fresh}-made`;
  try {
    await withIdleAccount(async (account) => {
      await rm(made, { recursive: true, force: true });
      await mkdir(made, { mode: 0o700 });
      await chown(made, account.uid, account.gid);
      await runInitdb(made, account, binaries, password);
    });
    await copyForUser(made, fresh, user);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
  const flushed = await runTool(
    binaries.initdb,
    ['--sync-only', `--pgdata=${clusterArgument(fresh, user)}`],
    { cwd: fresh, user },
  );
  if (flushed.status !== 0) throw new StoreError('start-failed', flushed.output.trim());
}

/**
 * Uses the built-in locale C.UTF-8. It sorts and folds the same on every machine and version: no index breaks when the
 * system's tables change. initdb reads the password from a file that only it may open.
 */
async function runInitdb(
  fresh: string,
  user: ServerUser | null,
  binaries: Binaries,
  password: string,
): Promise<void> {
  const passwordFile = `${fresh}.password`;
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  const file = await open(passwordFile, 'r');
  try {
    if (user !== null) await file.chown(user.uid, user.gid);
    const run = await runTool(
      binaries.initdb,
      [
        `--pgdata=${clusterArgument(fresh, user)}`,
        `--username=${EMBEDDED_ROLE}`,
        '--auth=scram-sha-256',
        '--pwfile=/dev/stdin',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
      { cwd: fresh, user, stdin: file.fd },
    );
    if (run.status !== 0) {
      throw new StoreError('start-failed', `Postgres could not make its cluster:\n${run.output.trim()}`);
    }
  } finally {
    await file.close();
    await rm(passwordFile, { force: true });
  }
}

/** Removes the leftovers of killed processes. Another process may be at work right now, so only old ones. */
async function removeLeftOvers(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (!name.startsWith(UNFINISHED)) continue;
    const leftOver = path.join(home, name);
    const found = await stat(leftOver).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs > UNFINISHED_IS_LEFT_OVER_AFTER_MS) {
      await rm(leftOver, { recursive: true, force: true });
    }
  }
}

/** A rename is durable once its directory is. */
async function flushDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
