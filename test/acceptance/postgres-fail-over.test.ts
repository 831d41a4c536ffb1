/** A primary that dies under load, with a replica that has all that was acknowledged. */
import { itNeeds } from '@leakwatch/runtime/testing';
import { openStore } from '@leakwatch/store';
import { expect, vi } from 'vitest';
import { ALL_WELL } from '../delivery/harness/ledger.ts';
import { ORDINARY_ROLE, PROGRAMS, startPostgres, startStandby } from '../harness/postgres-server.ts';
import { startProduct } from './product-on-postgres.ts';
import { saying } from '../harness/saying.ts';
import { waitFor } from '../harness/wait-for.ts';

// A product in processes of its own, more than once: a bound that only a hang reaches.
vi.setConfig({ testTimeout: 400_000 });
const it = itNeeds('Postgres (Debian: postgresql)', PROGRAMS !== null);
const PORT = /:(\d+)\/leakwatch/;

/** `postgres://leakwatch@a:1,b:2/leakwatch` */
function both(first: string, second: string, parameters = ''): string {
  return `${first.replace(PORT, `:$1,127.0.0.1:${PORT.exec(second)?.[1] ?? ''}/leakwatch`)}${parameters}`;
}

it('a fail-over to a synchronous replica loses nothing that was acknowledged, and each planted leak is in one alert', async () => {
  const primary = await startPostgres({ synchronous_standby_names: '*' });
  const standby = await startStandby(primary);
  await primary.run(ORDINARY_ROLE);
  const [first, second] = [primary, standby].map((server) => server.url('leakwatch', 'leakwatch'));
  // The standby first: it is told from the primary, not by its place.
  const servers = both(second ?? '', first ?? '', '?target_session_attrs=read-write');
  const product = await startProduct(servers, { seed: 0x27 });
  await product.take(200);
  await primary.crash();
  await standby.run(['SELECT pg_promote()']);
  await product.take(200);
  expect(await product.settle()).toEqual(ALL_WELL);
  expect(product.ledger.acknowledgedLeaks.length).toBeGreaterThan(250);
  const { rows } = await product.store.pool.query<{ port: number }>('SELECT inet_server_port() AS port');
  expect(rows).toEqual([{ port: standby.port }]);
});

it('with a standby only, or with servers that are away, a start waits and says what each of them is', async () => {
  const primary = await startPostgres();
  const standby = await startStandby(primary);
  await primary.run(ORDINARY_ROLE);
  const [first, second] = [primary, standby].map((server) => server.url('leakwatch', 'leakwatch'));
  // Replication takes a moment, and without the role the standby would refuse the password.
  await waitFor('the standby to have the database', () =>
    standby.run(['SELECT 1'], 'leakwatch').then(
      () => true,
      () => false,
    ),
  );
  await primary.crash();
  const databaseUrl = both(first ?? '', second ?? '');
  await expect(openStore({ databaseUrl, dataDir: '' })).rejects.toMatchObject({
    code: 'unreachable',
    canRetry: true,
    message: saying(
      new RegExp(`127.0.0.1:${primary.port}: .*ECONNREFUSED.*; 127.0.0.1:${standby.port}: it is a standby`),
    ),
  });
  await expect(
    openStore({ databaseUrl: `${databaseUrl}?target_session_attrs=any`, dataDir: '' }),
  ).rejects.toThrow(/target_session_attrs must be read-write/);
});
