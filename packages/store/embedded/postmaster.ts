import { execFile } from 'node:child_process';
import { readFile, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { isFileError } from './file-errors.ts';

/** The server's main process, from its `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  /** Null until the server has written it. */
  readonly port: number | null;
}

/** Lines of `postmaster.pid`: pid, data directory, start time, port, … (src/include/utils/pidfile.h of Postgres). */
export async function readPostmaster(clusterDirectory: string): Promise<Postmaster | null> {
  const text = await readFile(pidFile(clusterDirectory), 'utf8').catch((error: unknown) => {
    if (isFileError(error, 'ENOENT')) return null;
    throw error;
  });
  if (text === null) return null;
  const lines = text.split('\n');
  const pid = Number.parseInt(lines[0] ?? '', 10);
  const port = Number.parseInt(lines[3] ?? '', 10);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, port: Number.isInteger(port) && port > 0 ? port : null };
}

/**
 * Whether the process of that number is a live server of this cluster. The number alone can't tell: it may belong to
 * another process by now, as in a container that restarts, or to a zombie.
 */
export async function isServing(postmaster: Postmaster, clusterDirectory: string): Promise<boolean> {
  return process.platform === 'linux'
    ? worksInside(postmaster.pid, clusterDirectory)
    : isNamedPostgres(postmaster.pid);
}

/** A postmaster's working directory is its cluster; a zombie has none. */
async function worksInside(pid: number, clusterDirectory: string): Promise<boolean> {
  const theirs = await stat(`/proc/${pid}/cwd`).catch((error: unknown) => {
    // ESRCH: the process ended while we looked. EACCES: it belongs to another user, so it is not our server.
    if (isFileError(error, 'ENOENT', 'ESRCH', 'EACCES', 'EPERM')) return null;
    throw error;
  });
  if (theirs === null) return false;
  const ours = await stat(clusterDirectory);
  return theirs.dev === ours.dev && theirs.ino === ours.ino;
}

async function isNamedPostgres(pid: number): Promise<boolean> {
  const answer = await promisify(execFile)('ps', ['-o', 'stat=,comm=', '-p', String(pid)]).catch(() => null);
  const line = answer?.stdout.trim() ?? '';
  return !line.startsWith('Z') && line.endsWith('postgres');
}

/**
 * Removes a `postmaster.pid` whose number now belongs to another process: Postgres would take that for its rival and
 * never start. If no process has the number, Postgres does this better, because it first looks for surviving children.
 */
export async function removeMisleadingPidFile(
  postmaster: Postmaster,
  clusterDirectory: string,
): Promise<void> {
  if (!isTaken(postmaster.pid)) return;
  const now = await readPostmaster(clusterDirectory);
  if (now?.pid !== postmaster.pid || (await isServing(now, clusterDirectory))) return;
  await unlink(pidFile(clusterDirectory)).catch((error: unknown) => {
    if (!isFileError(error, 'ENOENT')) throw error;
  });
}

function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isFileError(error, 'EPERM');
  }
}

function pidFile(clusterDirectory: string): string {
  return path.join(clusterDirectory, 'postmaster.pid');
}
