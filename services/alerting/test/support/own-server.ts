import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EventLogError } from '@leakwatch/event-log';
import { openStore, StoreError } from '@leakwatch/store';
import { type TestStore } from '@leakwatch/store/testing';
import { until } from './scene.ts';

export interface OwnServer {
  /** The store of a Postgres that no other test uses, so that this one may kill it. */
  open(): Promise<TestStore>;
  /** Kills Postgres' main process with `kill -9`, once it runs; its users start it again. */
  kill(): Promise<void>;
}

export async function prepareOwnServer(): Promise<OwnServer> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'leakwatch-alerting-'));
  return {
    open: async () => {
      const store = await openStore({ dataDir, applicationName: 'leakwatch test' });
      const drop = async () => {
        await store.close();
        await rm(dataDir, { recursive: true, force: true });
      };
      return Object.assign(store, { drop });
    },
    kill: () => until(() => killed(dataDir)),
  };
}

/** Whether a process was killed: it may be dead already and not back yet. */
async function killed(dataDir: string): Promise<boolean> {
  try {
    const pid = await mainProcess(dataDir);
    return pid !== null && process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'ENOENT')) {
      return false;
    }
    throw error;
  }
}

/** Finds the cluster's pid file below the folder; null while there is none. */
async function mainProcess(dataDir: string): Promise<number | null> {
  const files = await readdir(dataDir, { recursive: true });
  const pidFile = files.find((name) => name.endsWith('postmaster.pid'));
  if (pidFile === undefined) return null;
  return Number((await readFile(path.join(dataDir, pidFile), 'utf8')).split('\n')[0]);
}

/** Tries until the database is back: the test's own connections break, too. */
export async function despiteBreaks<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const isBreak = error instanceof StoreError || error instanceof EventLogError;
      if (!isBreak || !error.canRetry) throw error;
    }
  }
}
