import { migrate } from '@leakwatch/store';
import { openOlderTestStore, type TestStore } from '@leakwatch/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listProcessStatuses } from '../status/queries/process-status.ts';

const PROCESS_ID = '0b0f6a3e-1c59-4f1e-9d0e-3f1f5e1b7a10';

let store: TestStore;
beforeAll(async () => {
  store = await openOlderTestStore(21);
});
afterAll(async () => {
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
  await writeAsBefore(1);

  await migrate(store.pool);
  expect(await watched()).toEqual([['matcher', { text: 1 }]]);
  await writeAsBefore(2);
  expect(await watched()).toEqual([['matcher', { text: 2 }]]);
  await store.pool.query('DELETE FROM process_report WHERE process_id = $1', [PROCESS_ID]);
  expect(await watched()).toEqual([]);
});
