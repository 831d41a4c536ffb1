/** Limits that an operator sets on leakwatch's role. */
import { itNeeds } from '@leakwatch/runtime/testing';
import { openStore } from '@leakwatch/store';
import { expect, vi } from 'vitest';
import { ALL_WELL } from '../delivery/harness/ledger.ts';
import { eventually } from '../harness/eventually.ts';
import { ORDINARY_ROLE, PROGRAMS, startPostgres } from '../harness/postgres-server.ts';
import { ALL_SERVICES, startProduct } from './product-on-postgres.ts';
import { saying } from '../harness/saying.ts';

// A product in processes of its own, more than once: a bound that only a hang reaches.
vi.setConfig({ testTimeout: 400_000 });
const it = itNeeds('Postgres (Debian: postgresql)', PROGRAMS !== null);

async function startWith(limits: Readonly<Record<string, string>>) {
  const server = await startPostgres();
  await server.run([
    ...ORDINARY_ROLE,
    ...Object.entries(limits).map(([name, value]) => `ALTER ROLE leakwatch SET ${name} = '${value}'`),
  ]);
  return server;
}

it('migrations and every service go on under limits on statements, locks, idle transactions and idle sessions', async () => {
  const server = await startWith({
    statement_timeout: '5s',
    lock_timeout: '5s',
    idle_in_transaction_session_timeout: '5s',
    idle_session_timeout: '1s',
  });
  const product = await startProduct(server.url('leakwatch', 'leakwatch'), {
    commands: ALL_SERVICES,
    seed: 0x24,
  });
  await product.take(200);
  expect(await product.settle()).toEqual(ALL_WELL);
  expect(product.ledger.acknowledgedLeaks.length).toBeGreaterThan(100);
});

it('a migration waits longer than the limits for another process that migrates', async () => {
  const server = await startWith({ statement_timeout: '100ms', lock_timeout: '100ms' });
  const databaseUrl = server.url('leakwatch', 'leakwatch');
  const first = await openStore({ databaseUrl, dataDir: '' });
  const holder = await first.pool.connect();
  await holder.query('BEGIN');
  await holder.query("SELECT pg_advisory_xact_lock(hashtextextended('leakwatch: migrations', 0))");
  const second = openStore({ databaseUrl, dataDir: '' });
  await eventually(async () => {
    const { rows } = await first.pool.query<{ isLate: boolean }>(
      `SELECT clock_timestamp() - query_start > '300 ms' AS "isLate"
        FROM pg_stat_activity WHERE wait_event = 'advisory' AND datname = 'leakwatch'`,
    );
    return rows[0]?.isLate === true ? true : undefined;
  });
  await holder.query('COMMIT');
  holder.release();
  await (await second).close();
  await first.close();
});

it('a statement that is cut short says what to raise, and may be tried again', async () => {
  const server = await startWith({ statement_timeout: '100ms', lock_timeout: '50ms' });
  const store = await openStore({ databaseUrl: server.url('leakwatch', 'leakwatch'), dataDir: '' });
  await expect(store.pool.query('SELECT pg_sleep(30)')).rejects.toMatchObject({
    code: 'timed-out',
    canRetry: true,
    message: saying(/statement timeout: if the server's statement_timeout.*ALTER ROLE/),
  });
  await store.transaction(async (tx) => {
    await tx.query('LOCK TABLE alert');
    await expect(store.pool.query('SELECT count(*) FROM alert')).rejects.toMatchObject({
      code: 'timed-out',
      message: saying(/lock timeout/),
    });
  });
  await store.close();
});
