import { createHash, randomBytes } from 'node:crypto';
import { lstat, mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { assembleStore, type Store } from './assemble-store.ts';
import { type BackingServer } from './backing-server.ts';
import { openBackingServer } from './open-backing-server.ts';
import { runMigrations } from './migrate.ts';
import { OUR_MIGRATIONS, readMigrations, type Migration } from './read-migrations.ts';
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
  const database = newDatabaseName();
  const maintain = <T>(work: (client: pg.Client) => Promise<T>) =>
    withClient(server.address(server.embedded ? 'postgres' : undefined), work);
  try {
    await maintain(async (client) => {
      await dropForgotten(client);
      if (options.migrate === false) await client.query(`CREATE DATABASE ${database}`);
      else await copyTemplate(client, server, database);
    });
    const store = openDatabase(server, database);
    if (options.migrate !== false) await store.useKeys(options.masterKey ?? masterKeyOfTests());
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

let ourMigrations: Promise<Migration[]> | undefined;

/** One process makes the template; the others wait for it. */
const TEMPLATE_LOCK = "hashtextextended('leakwatch: template of tests', 0)";

/**
 * Makes a database as the migrations leave it, as a copy: it takes a tenth of the time that the migrations take. The template's name
 * holds their hash, so that a change of them makes another.
 */
async function copyTemplate(client: pg.Client, server: BackingServer, database: string): Promise<void> {
  // A test file opens many databases of the same migrations.
  const migrations = await (ourMigrations ??= readMigrations(OUR_MIGRATIONS));
  const hash = createHash('sha256').update(migrations.map(({ sha256 }) => sha256).join());
  const template = `leakwatch_template_${hash.digest('hex').slice(0, 16)}`;
  await client.query(`SELECT pg_advisory_lock(${TEMPLATE_LOCK})`);
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (rowCount === 0) {
      // It gets its name when it is whole; a test run that is killed meanwhile leaves a database that is dropped as any other.
      const unfinished = newDatabaseName();
      await client.query(`CREATE DATABASE ${unfinished}`);
      const store = openDatabase(server, unfinished);
      await runMigrations(store.pool, migrations);
      await store.close();
      await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${template}`);
    }
  } finally {
    await client.query(`SELECT pg_advisory_unlock(${TEMPLATE_LOCK})`);
  }
  await client.query(`CREATE DATABASE ${database} TEMPLATE ${template}`);
}

function newDatabaseName(): string {
  return `leakwatch_test_${Date.now()}_${randomBytes(4).toString('hex')}`;
}

function openDatabase(server: BackingServer, database: string): Store {
  return assembleStore(keepServer(server), {
    database,
    applicationName: 'leakwatch test',
    onNotice: () => undefined,
  });
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
