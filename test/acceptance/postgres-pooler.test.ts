/** PgBouncer before Postgres: by session as it is, by transaction with a second address for what needs a session. */
import { itNeeds } from '@leakwatch/runtime/testing';
import { openStore, type OpenStoreOptions } from '@leakwatch/store';
import { expect, vi } from 'vitest';
import { ALL_WELL } from '../delivery/harness/ledger.ts';
import { HAS_PG_BOUNCER, startPgBouncer } from '../harness/pg-bouncer.ts';
import { ORDINARY_ROLE, PROGRAMS, startPostgres } from '../harness/postgres-server.ts';
import { startProduct } from './product-on-postgres.ts';
import { saying } from '../harness/saying.ts';

// A product in processes of its own, more than once: a bound that only a hang reaches.
vi.setConfig({ testTimeout: 400_000 });
const it = itNeeds(
  'Postgres and PgBouncer (Debian: postgresql, pgbouncer)',
  PROGRAMS !== null && HAS_PG_BOUNCER,
);

function open(options: Omit<OpenStoreOptions, 'dataDir'>): Promise<unknown> {
  return openStore({ ...options, dataDir: '' }).then(
    (store) => store.close(),
    (error: unknown) => error,
  );
}

async function startServer() {
  const server = await startPostgres();
  await server.run(ORDINARY_ROLE);
  return { server, direct: server.url('leakwatch', 'leakwatch') };
}

it('a pooler by transaction is refused with what needs a session and what to set, whatever the size of its pool', async () => {
  const { server, direct } = await startServer();
  for (const settings of [{ default_pool_size: '1' }, { default_pool_size: '20', server_round_robin: '1' }]) {
    const bouncer = await startPgBouncer(server, { pool_mode: 'transaction', ...settings });
    const databaseUrl = bouncer.url('leakwatch', 'leakwatch');
    expect(await open({ databaseUrl })).toMatchObject({
      code: 'needs-session',
      canRetry: false,
      message: saying(/pool_mode = transaction.*LISTEN.*Set LEAKWATCH_DATABASE_SESSION_URL to/),
    });
    expect(await open({ databaseUrl, sessionUrl: databaseUrl })).toMatchObject({
      code: 'needs-session',
      message: saying(/^LEAKWATCH_DATABASE_SESSION_URL leads through a pooler/),
    });
    expect(await open({ databaseUrl, sessionUrl: server.url('postgres', 'leakwatch') })).toMatchObject({
      code: 'bad-database-url',
      message: saying(/leads to another database than DATABASE_URL/),
    });
    expect(await open({ databaseUrl, sessionUrl: direct })).toBeUndefined();
  }
});

it('every service works through a pooler by transaction, with another address for what needs a session', async () => {
  const { server, direct } = await startServer();
  const bouncer = await startPgBouncer(server, { pool_mode: 'transaction', default_pool_size: '20' });
  const product = await startProduct(bouncer.url('leakwatch', 'leakwatch'), {
    seed: 0x23,
    env: { LEAKWATCH_DATABASE_SESSION_URL: direct },
  });
  await product.take(200);
  expect(await product.settle()).toEqual(ALL_WELL);
  expect(product.ledger.acknowledgedLeaks.length).toBeGreaterThan(100);
  // Each service listens past the pooler, and only that.
  const { rows } = await product.store.pool.query<{ name: string }>(
    `SELECT DISTINCT application_name AS name FROM pg_stat_activity
      WHERE datname = 'leakwatch' AND client_port IS NOT NULL AND application_name LIKE '%listener'`,
  );
  expect(rows).toEqual([{ name: 'leakwatch listener' }]);
});

it('a pooler by session serves as Postgres itself', async () => {
  const { server } = await startServer();
  const bouncer = await startPgBouncer(server, {
    pool_mode: 'session',
    default_pool_size: '100',
  });
  const store = await openStore({ databaseUrl: bouncer.url('leakwatch', 'leakwatch'), dataDir: '' });
  let heard = '';
  await store.listen('news', (payload) => (heard = payload));
  await store.pool.query("SELECT pg_notify('news', 'here')");
  await expect.poll(() => heard).toBe('here');
  await store.close();
});
