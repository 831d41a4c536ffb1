import { setTimeout as sleep } from 'node:timers/promises';
import { isFileError } from './file-errors.ts';
import { isServing, readPostmaster } from './postmaster.ts';

/** A fast shutdown writes everything out. After this long we stop waiting, and the next start replays the log. */
const FAST_SHUTDOWN_LIMIT_MS = 30_000;

/** Stops the cluster's server and waits until its process is gone. */
export async function stopServer(clusterDirectory: string): Promise<void> {
  const postmaster = await readPostmaster(clusterDirectory);
  if (postmaster === null || !(await isServing(postmaster, clusterDirectory))) return;
  const since = Date.now();
  let isImpatient = false;
  // SIGINT ends every session and shuts down in order; SIGQUIT leaves at once.
  signal(postmaster.pid, 'SIGINT');
  while (await isServing(postmaster, clusterDirectory)) {
    if (!isImpatient && Date.now() - since > FAST_SHUTDOWN_LIMIT_MS) {
      isImpatient = true;
      signal(postmaster.pid, 'SIGQUIT');
    }
    await sleep(10);
  }
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!isFileError(error, 'ESRCH')) throw error;
  }
}
