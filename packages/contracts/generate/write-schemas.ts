/**
 * Generates the JSON Schemas and the AsyncAPI document from the zod contracts into `schemas/`. With `--check` it writes
 * nothing and fails if a file differs.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { EVENTS } from '../topics.ts';
import { SubmittedPostSchema } from '../submitted-post.ts';
import { VerdictSchema } from '../verdict.ts';
import { WatchListSchema, WatchListSnapshotSchema } from '../watchlist.ts';
import { asyncApiDocument } from './async-api.ts';

const folder = path.resolve(import.meta.dirname, '../schemas');
const schemaFile = (name: string) => `${name}.schema.json`;

function render(): Map<string, string> {
  const files = new Map<string, string>();
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  const add = (name: string, schema: z.ZodType, io: 'input' | 'output') => {
    files.set(schemaFile(name), json({ $id: schemaFile(name), ...z.toJSONSchema(schema, { io }) }));
  };
  // Input from others is described before defaults, leakwatch's own output after them.
  add('submitted-post', SubmittedPostSchema, 'input');
  add('watch-list', WatchListSchema, 'input');
  add('watch-list-snapshot', WatchListSnapshotSchema, 'output');
  add('verdict', VerdictSchema, 'output');
  for (const event of Object.values(EVENTS)) add(event.type, event.schema, 'output');
  files.set('asyncapi.json', json(asyncApiDocument(schemaFile)));
  return files;
}

function check(files: ReadonlyMap<string, string>): string[] {
  const present = existsSync(folder) ? readdirSync(folder) : [];
  const stale = [...files]
    .filter(
      ([name, text]) => !present.includes(name) || readFileSync(path.join(folder, name), 'utf8') !== text,
    )
    .map(([name]) => `${name} differs from the contracts`);
  const orphans = present.filter((name) => !files.has(name)).map((name) => `${name} belongs to no contract`);
  return [...stale, ...orphans];
}

const files = render();
if (process.argv.includes('--check')) {
  const problems = check(files);
  if (problems.length > 0) {
    process.stderr.write(`packages/contracts/schemas:\n  ${problems.join('\n  ')}\nRun: npm run contracts\n`);
    process.exitCode = 1;
  }
} else {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) writeFileSync(path.join(folder, name), text);
}
