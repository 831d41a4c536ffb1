/**
 * Adds new migrations to `landed-migrations.txt`, the list of those that must never change. With `--check` it writes nothing and
 * fails if one changed, is missing, stands before the last, or is not in the list.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { labelMigration, OUR_MIGRATIONS, readMigrations } from '../read-migrations.ts';
import { findBroken, findNew, formatLanded, parseLanded } from './check-landed.ts';

const file = path.resolve(import.meta.dirname, '../landed-migrations.txt');
const landed = parseLanded(readFileSync(file, 'utf8'));
const present = await readMigrations(OUR_MIGRATIONS);

const problems = findBroken(present, landed);
const added = findNew(present, landed);
if (problems.length === 0 && !process.argv.includes('--check')) {
  writeFileSync(file, formatLanded(present));
} else if (problems.length > 0 || added.length > 0) {
  const unlisted = added.map((one) => `${labelMigration(one)} is not in the list: npm run migrations`);
  const lines = problems.length > 0 ? problems : unlisted;
  process.stderr.write(`packages/store/migrations:\n  ${lines.join('\n  ')}\n`);
  process.exitCode = 1;
}
