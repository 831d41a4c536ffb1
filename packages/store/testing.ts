import { randomBytes } from 'node:crypto';
import { lstat, mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { assembleStore, type Store } from './assemble-store.ts';
import { type BackingServer } from './backing-server.ts';
import { openBackingServer } from './open-backing-server.ts';
import { migrate, runMigrations } from './migrate.ts';
import { OUR_MIGRATIONS, readMigrations } from './read-migrations.ts';
import { parseMasterKey, type MasterKey } from './sealing/master-key.ts';
import { StoreError } from './store-error.ts';
import { withClient } from './with-client.ts';

export interface TestStore extends Store {
  /** Closes the store and drops its database. */
  drop(): Promise<void>;
}

const DATABASE_NAME = /^leakwatch_test_(\d+)_/;
const FORGOTTEN_AFTER_MS = 24 * 60 * 60_000;

/**
 * Opens a fresh database with all migrations. All test files of this machine's user share its server: that of
 * DATABASE_URL, or an embedded one, which the first starts and the last stops. Call `drop` at the end.
 */
export async function openTestStore(
  options: { migrate?: boolean; masterKey?: MasterKey } = {},
): Promise<TestStore> {
  const server = await openBackingServer({
    databaseUrl: process.env['DATABASE_URL'],
    dataDir: await testDataDirectory(),
    onNotice: () => undefined,
  });
  const database = `leakwatch_test_${Date.now()}_${randomBytes(4).toString('hex')}`;
  const maintain = <T>(work: (client: pg.Client) => Promise<T>) =>
    withClient(server.address(server.embedded ? 'postgres' : undefined), work);
  try {
    await maintain(async (client) => {
      await dropForgotten(client);
      await client.query(`CREATE DATABASE ${database}`);
    });
    const store = assembleStore(keepServer(server), {
      database,
      applicationName: 'leakwatch test',
      onNotice: () => undefined,
    });
    if (options.migrate !== false) {
      await migrate(store.pool);
      await store.useKeys(options.masterKey ?? masterKeyOfTests());
    }
    const drop = async () => {
      await store.close();
      await maintain((client) => client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`));
      await server.leave();
    };
    return Object.assign(store, { drop });
  } catch (error) {
    await server.leave();
    throw error;
  }
}

/**
 * Opens a fresh database as a version before left it: without the migrations from this number on. `migrate` upgrades it.
 *
 * @param firstMissing - the number of the first migration that it lacks
 */
export async function openOlderTestStore(firstMissing: number): Promise<TestStore> {
  const store = await openTestStore({ migrate: false });
  try {
    const all = await readMigrations(OUR_MIGRATIONS);
    await runMigrations(
      store.pool,
      all.filter(({ number }) => number < firstMissing),
    );
    return store;
  } catch (error) {
    await store.drop();
    throw error;
  }
}

/** Closing a test's store leaves the server running: its database must still be dropped. */
function keepServer(server: BackingServer): BackingServer {
  return { ...server, leave: () => Promise.resolve() };
}

/** With LEAKWATCH_TEST_MASTER_KEY every test's database is encrypted. */
function masterKeyOfTests(): MasterKey | null {
  const bytes = parseMasterKey(process.env['LEAKWATCH_TEST_MASTER_KEY'] ?? '');
  return bytes === null ? null : { bytes, source: 'LEAKWATCH_TEST_MASTER_KEY' };
}

/** In a shared folder anyone can take the name first: it must be ours. */
async function testDataDirectory(): Promise<string> {
  const uid = process.getuid?.() ?? 0;
  const directory = path.join(os.tmpdir(), `leakwatch-test-${uid}`);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const found = await lstat(directory);
  if (!found.isDirectory() || found.uid !== uid) {
    throw new StoreError('data-dir-denied', `${directory} is not a directory of ours.`);
  }
  return directory;
}

/** Drops the databases of killed test runs. */
async function dropForgotten(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    "SELECT datname FROM pg_database WHERE datname LIKE 'leakwatch\\_test\\_%'",
  );
  for (const { datname } of rows) {
    const since = Number(DATABASE_NAME.exec(datname)?.[1] ?? NaN);
    if (Date.now() - since > FORGOTTEN_AFTER_MS) {
      await client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(datname)} WITH (FORCE)`);
    }
  }
}
