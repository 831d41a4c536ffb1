import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EventLogError } from '@leakwatch/event-log';
import { openStore, StoreError } from '@leakwatch/store';
import { type TestStore } from '@leakwatch/store/testing';

export interface OwnServer {
  /** The store of a Postgres that no other test uses, so that this one may kill it. */
  open(): Promise<TestStore>;
  /** `kill -9` of Postgres' main process: whoever uses it brings it back. */
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
    kill: async () => {
      process.kill(await mainProcess(dataDir), 'SIGKILL');
    },
  };
}

/** By its own pid file, wherever below the folder the store keeps its cluster. */
async function mainProcess(dataDir: string): Promise<number> {
  const files = await readdir(dataDir, { recursive: true });
  const pidFile = files.find((name) => name.endsWith('postmaster.pid'));
  if (pidFile === undefined) throw new Error('there is no pid file: is the server down?');
  return Number((await readFile(path.join(dataDir, pidFile), 'utf8')).split('\n')[0]);
}

/** Tries until the database is there again: a test's own connections are not spared. */
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
