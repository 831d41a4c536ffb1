import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openStore } from '@leakwatch/store';
import { expect, it } from 'vitest';
import { isCaughtUp, numberedRecords, textOf, uniqueName, waitFor } from '../../contract-tests/harness.ts';
import { type EventLog, type OutgoingRecord } from '../../port/event-log.ts';
import { EventLogError } from '../../port/errors.ts';
import { createPostgresEventLog } from '../../postgres/index.ts';
import { logDatabaseOf, TEST_SETTINGS } from '../support/open-postgres-log.ts';

/** Appends like a producer: the same records again until they are in. */
async function publishUntilIn(log: EventLog, records: readonly OutgoingRecord[]): Promise<void> {
  await waitFor('the log to take the records', async () => {
    try {
      await log.publish(records);
      return true;
    } catch (error) {
      if (error instanceof EventLogError && error.canRetry) return false;
      throw error;
    }
  });
}

it('the subscription and the publisher outlive a kill -9 of the database: nothing acknowledged is lost', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'leakwatch-log-'));
  const store = await openStore({ dataDir });
  const topic = uniqueName('topic');
  const log = await createPostgresEventLog({
    ...TEST_SETTINGS,
    database: logDatabaseOf(store),
    topics: [topic],
    partitions: 4,
  });
  try {
    const group = uniqueName('group');
    const seen = new Set<string>();
    const errors: Error[] = [];
    const subscription = await log.subscribe({
      group,
      topics: [topic],
      startAt: 'earliest',
      maxBatchRecords: 20,
      handle(batch) {
        for (const record of batch.records) seen.add(textOf(record));
        return Promise.resolve();
      },
      onError: (error) => void errors.push(error),
    });
    const records = numberedRecords(topic, 1500, 30);
    for (let at = 0; at < records.length; at += 50) {
      if (at === 500 || at === 1000) process.kill(await postmasterOf(dataDir), 'SIGKILL');
      await publishUntilIn(log, records.slice(at, at + 50));
    }
    await waitFor('the group to catch up', () => isCaughtUp(log, group, topic));
    expect(seen).toEqual(new Set(records.map(textOf)));
    expect(errors.every((error) => error instanceof EventLogError)).toBe(true);
    expect(subscription.assignment().get(topic)).toEqual([0, 1, 2, 3]);
  } finally {
    await log.close();
    await store.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});

/** Postgres' main process, by its own pid file, wherever below `dataDir` the store keeps its cluster. */
async function postmasterOf(dataDir: string): Promise<number> {
  const pidFile = (await readdir(dataDir, { recursive: true })).find((name) =>
    name.endsWith('postmaster.pid'),
  );
  if (pidFile === undefined) throw new Error('there is no pid file: is the server down?');
  return Number((await readFile(path.join(dataDir, pidFile), 'utf8')).split('\n')[0]);
}
