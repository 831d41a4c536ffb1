import { createHash, randomBytes } from 'node:crypto';
import {
  access,
  chmod,
  constants,
  cp,
  lstat,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { StoreError } from '../store-error.ts';
import { isFileError } from './file-errors.ts';
import { linkLibraries } from './link-libraries.ts';

interface TreeFile {
  readonly path: string;
  readonly size: number;
  readonly mode: number;
}

/**
 * Copies the binaries below the first of `parents` that works: every user may read and run them, and only we may write.
 * A whole copy of ours is used again.
 */
export async function copyBinaries(native: string, parents: readonly string[]): Promise<string> {
  const files = await listFiles(native);
  const name = await nameOf(native, files);
  const refusals: unknown[] = [];
  for (const parent of parents) {
    try {
      await mkdir(parent, { recursive: true, mode: 0o755 });
      await refuseForeign(parent);
      await chmod(parent, 0o755);
      const copy = path.join(parent, name);
      if (!(await isWhole(copy, files))) await makeCopy(native, copy);
      await refuseForeign(copy);
      await linkLibraries(copy);
      // Also refused if the file system forbids running anything.
      await access(path.join(copy, 'bin', 'postgres'), constants.X_OK);
      return copy;
    } catch (error) {
      refusals.push(error);
    }
  }
  throw new StoreError(
    'binaries-unusable',
    `The Postgres binaries in ${native} can't be read by the user who is to run them, nor copied to ${parents.join(' or ')}.`,
    { cause: new AggregateError(refusals) },
  );
}

/** Whether any user can reach a directory and read and run everything in it. */
export async function isOpenToAll(directory: string): Promise<boolean> {
  const real = await realpath(directory);
  for (let at = path.dirname(real); ; at = path.dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) break;
  }
  const entries = await readdir(real, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (entry.isSymbolicLink()) continue;
    const { mode } = await lstat(path.join(entry.parentPath, entry.name));
    const wanted = entry.isDirectory() ? 0o005 : 0o004;
    if ((mode & wanted) !== wanted) return false;
  }
  return ((await stat(real)).mode & 0o005) === 0o005;
}

async function listFiles(directory: string): Promise<TreeFile[]> {
  const files: TreeFile[] = [];
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const { size, mode } = await lstat(file);
    files.push({ path: path.relative(directory, file), size, mode });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The package's version, and a hash of its file names and sizes. */
async function nameOf(native: string, files: readonly TreeFile[]): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(path.join(native, '..', 'package.json'), 'utf8'));
  const { version } = z.object({ version: z.string().regex(/^[\w.+-]+$/) }).parse(manifest);
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file.path}\0${file.size}\n`);
  return `postgres-${version}-${hash.digest('hex').slice(0, 16)}`;
}

/** A clean-up of temporary files may have removed parts of a copy. */
async function isWhole(copy: string, wanted: readonly TreeFile[]): Promise<boolean> {
  const present = await listFiles(copy).catch((error: unknown) => {
    if (isFileError(error, 'ENOENT')) return [];
    throw error;
  });
  const sizes = new Map(present.map((file) => [file.path, file.size]));
  return wanted.every((file) => sizes.get(file.path) === file.size);
}

async function makeCopy(native: string, copy: string): Promise<void> {
  const fresh = `${copy}-${randomBytes(6).toString('hex')}`;
  try {
    // Leaves the links out: `cp` would point them back at the original.
    await cp(native, fresh, {
      recursive: true,
      filter: async (source) => !(await lstat(source)).isSymbolicLink(),
    });
    await linkLibraries(fresh);
    await openToAll(fresh);
    // The copy there is damaged, or it would have been used.
    await rename(copy, `${fresh}-old`).catch((error: unknown) => {
      if (!isFileError(error, 'ENOENT')) throw error;
    });
    await rename(fresh, copy).catch((error: unknown) => {
      // Another process was as quick: its copy will do.
      if (!isFileError(error, 'ENOTEMPTY', 'EEXIST')) throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await rm(`${fresh}-old`, { recursive: true, force: true });
  }
}

async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const runs = entry.isDirectory() || ((await lstat(file)).mode & 0o100) !== 0;
    await chmod(file, runs ? 0o755 : 0o644);
  }
}

/** Refuses a folder that others could write to: in a shared folder anyone can take the name first. */
async function refuseForeign(directory: string): Promise<void> {
  const found = await lstat(directory);
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) {
    throw new StoreError('binaries-unusable', `${directory} is not a directory that only we can write.`);
  }
}
