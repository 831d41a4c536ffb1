/** A Postgres of the operator's own: an ordinary role, over a connection whose certificate is checked. */
import { itNeeds } from '@leakwatch/runtime/testing';
import { openStore } from '@leakwatch/store';
import { expect, vi } from 'vitest';
import { ALL_WELL } from '../delivery/harness/ledger.ts';
import {
  makeServerCertificate,
  ORDINARY_ROLE,
  PROGRAMS,
  startPostgres,
  type PostgresServer,
} from '../harness/postgres-server.ts';
import { ALL_SERVICES, startProduct } from './product-on-postgres.ts';
import { startLeakwatch } from '../harness/run-leakwatch.ts';
import { stopServices } from '../harness/service-processes.ts';
import { saying } from '../harness/saying.ts';

// A product in processes of its own, more than once: a bound that only a hang reaches.
vi.setConfig({ testTimeout: 400_000 });
const it = itNeeds('Postgres (Debian: postgresql)', PROGRAMS !== null);

async function startWithTls(host: string): Promise<{ server: PostgresServer; certificate: string }> {
  const { certificate, key } = await makeServerCertificate(host);
  const server = await startPostgres({ ssl: 'on', ssl_cert_file: certificate, ssl_key_file: key });
  await server.run(ORDINARY_ROLE);
  return { server, certificate };
}

/** The address of leakwatch's database, with these parameters. */
function secured(server: PostgresServer, host: string, parameters: Record<string, string>): string {
  const url = new URL(server.url('leakwatch', 'leakwatch'));
  url.hostname = host;
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

function open(databaseUrl: string): Promise<unknown> {
  return openStore({ databaseUrl, dataDir: '', migrate: false, readsNothing: true }).then(
    (store) => store.close(),
    (error: unknown) => error,
  );
}

it('every service runs with a role that owns its database only, over TLS with verify-full', async () => {
  const { server, certificate } = await startWithTls('localhost');
  const verified = { sslmode: 'verify-full', sslrootcert: certificate };
  const product = await startProduct(secured(server, 'localhost', verified), {
    commands: ALL_SERVICES,
    seed: 0x22,
  });
  await product.take(200);
  expect(await product.settle()).toEqual(ALL_WELL);
  expect(product.ledger.acknowledgedLeaks.length).toBeGreaterThan(100);
  const { rows } = await product.store.pool.query<{ encrypted: boolean; superuser: boolean }>(
    `SELECT bool_and(s.ssl) AS encrypted, bool_or(r.rolsuper) AS superuser
      FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid) JOIN pg_roles r ON r.rolname = a.usename
      WHERE a.datname = 'leakwatch'`,
  );
  expect(rows).toEqual([{ encrypted: true, superuser: false }]);
  expect(await stopServices(product.services)).toEqual([0, 0, 0, 0, 0]);
});

it('a certificate of somebody else, of another host, or none at all ends the start with a line that says so', async () => {
  const { server, certificate } = await startWithTls('localhost');
  const other = await makeServerCertificate('localhost');
  const verify = (host: string, sslrootcert: string) =>
    open(secured(server, host, { sslmode: 'verify-full', sslrootcert }));
  expect(await verify('localhost', other.certificate)).toMatchObject({
    code: 'untrusted',
    canRetry: false,
    message: saying(/can't be trusted: .*certificate.*sslrootcert must name the file/),
  });
  expect(await verify('127.0.0.1', certificate)).toMatchObject({
    code: 'untrusted',
    message: saying(/IP: 127\.0\.0\.1 is not in the cert.*must name the host of the address/),
  });
  expect(await verify('localhost', '/nowhere/ca.pem')).toMatchObject({
    code: 'bad-database-url',
    message: "DATABASE_URL: sslrootcert names /nowhere/ca.pem, which can't be read: ENOENT",
  });
  expect(await open(secured(server, 'localhost', { sslmode: 'require' }))).toMatchObject({
    code: 'untrusted',
  });
  expect(await verify('localhost', certificate)).toBeUndefined();

  const started = startLeakwatch(['run', 'alerting', '--ops-port', '0'], {
    env: { DATABASE_URL: secured(server, 'localhost', { sslmode: 'verify-full' }) },
  });
  expect(await started.ended).not.toBe(0);
  expect(started.stderr()).toMatch(
    /the database can't be trusted: self-signed certificate\. sslrootcert must/,
  );
});

it('a server without TLS is refused where TLS was asked for, and one that insists on it says so', async () => {
  const plain = await startPostgres();
  await plain.run(ORDINARY_ROLE);
  expect(await open(secured(plain, 'localhost', { sslmode: 'verify-full' }))).toMatchObject({
    code: 'untrusted',
    canRetry: false,
    message: saying(/does not support SSL connections\. Its sslmode asks for TLS/),
  });
  expect(await open(secured(plain, '127.0.0.1', {}))).toBeUndefined();
});
