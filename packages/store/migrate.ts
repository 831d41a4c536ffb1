import { type Pool, type PoolClient, type QueryResult } from 'pg';
import { z } from 'zod';
import { parseRows } from './parse-rows.ts';
import { labelMigration, OUR_MIGRATIONS, readMigrations, type Migration } from './read-migrations.ts';
import { StoreError } from './store-error.ts';
import { toStoreError } from './to-store-error.ts';

/** One process migrates at a time; the others wait and find the work done. */
const MIGRATION_LOCK = "hashtextextended('leakwatch: migrations', 0)";

const AppliedSchema = z.object({ number: z.int(), name: z.string(), sha256: z.string() });
type Applied = z.infer<typeof AppliedSchema>;
const APPLIED = 'SELECT number, name, sha256 FROM schema_migration ORDER BY number';

/**
 * Runs the missing migrations in order, each in its own transaction. Refuses a database whose history differs from the
 * files: changed, newer, or with a gap that a file would now fill.
 *
 * @param directory of files named like 000002-blobs-and-watch-list.sql.
 */
export async function migrate(pool: Pool, directory = OUR_MIGRATIONS): Promise<void> {
  await runMigrations(pool, await readMigrations(directory));
}

/** Does the same with migrations that were read before, ordered by number. */
export async function runMigrations(pool: Pool, migrations: readonly Migration[]): Promise<void> {
  const client = await pool.connect();
  try {
    while (await runNext(client, migrations));
  } catch (error) {
    throw toStoreError(error);
  } finally {
    // Not returned to the pool: the transaction ends with the connection, whatever went wrong.
    client.release(true);
  }
}

/**
 * Runs the first missing migration, if there is one. Lock, look and migration are one transaction: it needs no session of its
 * own, which a pooler might not give.
 */
async function runNext(client: PoolClient, migrations: readonly Migration[]): Promise<boolean> {
  await run(client, 'BEGIN');
  await run(client, LIFT_TIMEOUTS);
  await run(client, `SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
  await run(
    client,
    `
    CREATE TABLE IF NOT EXISTS schema_migration (
      number integer PRIMARY KEY,
      name text NOT NULL,
      sha256 text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    )`,
  );
  const answer = await run(client, APPLIED);
  const [next] = missing(migrations, parseRows(answer, AppliedSchema));
  if (next !== undefined) await apply(client, next);
  else await run(client, 'COMMIT');
  return next !== undefined;
}

/**
 * Number of migrations that a database lacks. Changes nothing.
 *
 * @throws StoreError as {@link migrate} does, for a history that differs from the files
 */
export async function countMissingMigrations(pool: Pool, directory = OUR_MIGRATIONS): Promise<number> {
  const found = await pool.query(`SELECT to_regclass('schema_migration') IS NOT NULL AS "hasOurs"`);
  const [row] = parseRows(found, z.object({ hasOurs: z.boolean() }));
  const applied = row?.hasOurs === true ? await pool.query(APPLIED) : null;
  return missing(await readMigrations(directory), applied === null ? [] : parseRows(applied, AppliedSchema))
    .length;
}

/** Limits that an operator has set for everyday statements, as on the role: a migration takes as long as it takes. */
const LIFT_TIMEOUTS = `
  SELECT set_config(name, '0', true) FROM pg_settings
  WHERE name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')`;

/** Longer than any timer: the wait for another process has no limit, either. */
const UNBOUNDED_MS = 2 ** 31 - 1;

function run(client: PoolClient, text: string, values?: unknown[]): Promise<QueryResult> {
  const patient = { text, query_timeout: UNBOUNDED_MS };
  return client.query(values === undefined ? patient : { ...patient, values });
}

/** The migrations to run, after a check that database and files share one history. */
function missing(migrations: readonly Migration[], applied: readonly Applied[]): readonly Migration[] {
  const files = new Map(migrations.map((migration) => [migration.number, migration]));
  for (const past of applied) {
    const file = files.get(past.number);
    if (file === undefined) {
      throw new StoreError(
        'database-too-new',
        `The database has migration ${labelMigration(past)}, which this version of leakwatch does not know. Run a newer one.`,
      );
    }
    if (file.sha256 !== past.sha256) {
      throw new StoreError(
        'migration-changed',
        `Migration ${labelMigration(past)} was changed after it had been applied to this database. ` +
          'Put the file back as it was and write the change as a new migration.',
      );
    }
  }
  const newest = Math.max(0, ...applied.map((past) => past.number));
  const done = new Set(applied.map((past) => past.number));
  const toRun = migrations.filter((migration) => !done.has(migration.number));
  const late = toRun.find((migration) => migration.number < newest);
  if (late !== undefined) {
    throw new StoreError(
      'migration-out-of-order',
      `Migration ${labelMigration(late)} is missing from this database, which is already at ${newest}. Give it a higher number.`,
    );
  }
  return toRun;
}

/** Commits the transaction. */
async function apply(client: PoolClient, migration: Migration): Promise<void> {
  try {
    await run(client, migration.sql);
    await run(client, 'INSERT INTO schema_migration (number, name, sha256) VALUES ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.sha256,
    ]);
    await run(client, 'COMMIT');
  } catch (error) {
    const { message, sqlState } = toStoreError(error);
    throw new StoreError(
      'migration-failed',
      `Migration ${labelMigration(migration)} failed and was rolled back: ${message}`,
      {
        cause: error,
        ...(sqlState === undefined ? {} : { sqlState }),
      },
    );
  }
}
