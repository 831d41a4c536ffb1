import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '@leakwatch/store';
import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listProcessStatuses } from '../status/queries/process-status.ts';

const MIGRATIONS = fileURLToPath(new URL('../../../packages/store/migrations', import.meta.url));
const PROCESS_ID = '0b0f6a3e-1c59-4f1e-9d0e-3f1f5e1b7a10';

let store: TestStore;
let before: string;
beforeAll(async () => {
  store = await openTestStore({ migrate: false });
  before = await mkdtemp(path.join(os.tmpdir(), 'leakwatch-migrations-'));
  for (const file of await readdir(MIGRATIONS)) {
    if (file < '000021') await copyFile(path.join(MIGRATIONS, file), path.join(before, file));
  }
});
afterAll(async () => {
  await rm(before, { recursive: true });
  await store.drop();
});

/** The statement of the version before. */
const writeAsBefore = (text: number) =>
  store.pool.query(
    `INSERT INTO process_report (process_id, name, host, pid, version, started_at, reported_at, report)
     VALUES ($1, 'matcher', 'triage-1', 42, '0.1.0', '2026-11-20T09:00Z', clock_timestamp(), $2)
     ON CONFLICT (process_id) DO UPDATE SET reported_at = excluded.reported_at, report = excluded.report`,
    [PROCESS_ID, JSON.stringify({ checks: {}, heartbeats: {}, watchLists: { text } })],
  );
const watched = async () =>
  (await listProcessStatuses(store.pool)).map(({ name, standing }) => [name, standing.watchLists]);

it('a process of the version before keeps its status through the upgrade, writes it, and withdraws it', async () => {
  await migrate(store.pool, before);
  await writeAsBefore(1);

  await migrate(store.pool);
  expect(await watched()).toEqual([['matcher', { text: 1 }]]);
  await writeAsBefore(2);
  expect(await watched()).toEqual([['matcher', { text: 2 }]]);
  await store.pool.query('DELETE FROM process_report WHERE process_id = $1', [PROCESS_ID]);
  expect(await watched()).toEqual([]);
});
