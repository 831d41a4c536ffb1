import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { StoreError } from './store-error.ts';

/** Beside this code, both in its sources and in the bundle. */
export const OUR_MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));

const FILE_NAME = /^(\d{6})-([a-z0-9-]+)\.sql$/;

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

/** Reads the migrations of a folder, ordered by number. */
export async function readMigrations(directory: string): Promise<Migration[]> {
  const migrations: Migration[] = [];
  const files = await readdir(directory).catch((error: unknown) => {
    throw new StoreError('migration-failed', `There are no migrations in ${directory}.`, {
      cause: error,
    });
  });
  for (const file of files.sort()) {
    const [, number, name] = FILE_NAME.exec(file) ?? [];
    if (number === undefined || name === undefined) continue;
    // Git may check the file out with other line endings: it is the same migration.
    const sql = (await readFile(path.join(directory, file), 'utf8')).replaceAll('\r\n', '\n');
    const twin = migrations.find((other) => other.number === Number(number));
    if (twin !== undefined) {
      throw new StoreError(
        'migration-out-of-order',
        `two migrations have the number ${number}: ${twin.name} and ${name}`,
      );
    }
    migrations.push({
      number: Number(number),
      name,
      sql,
      sha256: createHash('sha256').update(sql).digest('hex'),
    });
  }
  return migrations;
}

/** `000021-process-status` */
export function labelMigration(migration: { number: number; name: string }): string {
  return `${String(migration.number).padStart(6, '0')}-${migration.name}`;
}
