import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';

const LISTENING = '0A';

/**
 * The process that listens on a port, as far as this user may see it: on Linux, by /proc. It names no arguments, which may hold
 * secrets.
 *
 * @returns `another leakwatch, pid 123`; null if it can't be told
 */
export async function holderOf(port: number): Promise<string | null> {
  const sockets = await listeningOn(port);
  if (sockets.size === 0) return null;
  for (const pid of await numbersIn('/proc')) {
    for (const fd of await numbersIn(`/proc/${pid}/fd`)) {
      const open = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '');
      if (sockets.has(open)) return describe(pid);
    }
  }
  return null;
}

async function listeningOn(port: number): Promise<ReadonlySet<string>> {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8').catch(() => '')),
  );
  const rows = tables.flatMap((table) => table.split('\n').map((row) => row.trim().split(/\s+/)));
  return new Set(
    rows.flatMap(([, local = '', , state, , , , , , inode = '']) =>
      local.endsWith(wanted) && state === LISTENING ? [`socket:[${inode}]`] : [],
    ),
  );
}

async function numbersIn(folder: string): Promise<string[]> {
  // Another user's process is not shown, and one may end meanwhile.
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /^\d+$/.test(name));
}

/** True if this machine has such a process. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function describe(pid: string): Promise<string> {
  const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
  const isOurs = words.some((word) => /^leakwatch(?:\.mjs)?$/.test(path.basename(word)));
  const name = path.basename(words[0] ?? '');
  return isOurs ? `another leakwatch, pid ${pid}` : `${name === '' ? 'a process' : name}, pid ${pid}`;
}
