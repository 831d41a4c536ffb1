/** Walks the program's own table of commands: each takes `--json` as docs/use/command.md says it, or is named there with the reason why not. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { commandTable } from '../completion/command-table.ts';
import { createProgram } from '../program.ts';
import { OUTCOMES } from './support/outcomes-by-command.ts';

const PAGE = readFileSync(path.resolve(import.meta.dirname, '../../../docs/use/command.md'), 'utf8');

/** The rows of the table below a heading; each cell's words in backticks, and its text. */
function rowsBelow(heading: string): { names: string[]; says: string; words: string[] }[] {
  const [, from = ''] = PAGE.split(`\n## ${heading}\n`);
  const [part = ''] = from.split('\n## ');
  return part
    .split('\n')
    .filter((line) => /^\| `/.test(line))
    .map((line) => {
      const [, names = '', says = ''] = line.split(/(?<!\\)\|/);
      return { names: quotedIn(names), says: says.trim(), words: quotedIn(says) };
    });
}

function quotedIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
}

/** Without groups, and without the old name of `tips`. */
const CALLABLE = commandTable(createProgram()).filter(
  ({ path: name, commands }) => commands.length === 0 && !name.startsWith('reports '),
);
const taking = CALLABLE.filter(({ options }) => options.some(({ name }) => name === '--json')).map(
  ({ path: name }) => name,
);
const SHOWN = rowsBelow('Lists as JSON');
const DONE = rowsBelow('Changes as JSON');
const WITHOUT = rowsBelow('Commands without `--json`');

it('each command takes --json and is described, or the page says why it does not', () => {
  const described = [...SHOWN, ...DONE].flatMap(({ names }) => names);
  expect([...described].sort()).toEqual([...taking].sort());
  const others = CALLABLE.map(({ path: name }) => name).filter((name) => !taking.includes(name));
  expect(WITHOUT.flatMap(({ names }) => names).sort()).toEqual(others.sort());
  for (const { says } of WITHOUT) expect(says).toMatch(/\w{3}/);
});

it('the page names each field of what a change prints', () => {
  const known = new Map<string, z.ZodObject>(Object.entries(OUTCOMES));
  expect(DONE.flatMap(({ names }) => names).sort()).toEqual([...known.keys()].sort());
  for (const { names, words } of DONE) {
    for (const name of names) {
      const fields = Object.keys(known.get(name)?.shape ?? {});
      expect([name, fields.filter((field) => !words.includes(field))]).toEqual([name, []]);
    }
  }
});

it('the JSON Schema of the changes has not drifted', async () => {
  const commands: [string, object][] = Object.entries(OUTCOMES).map(([name, schema]) => [
    name,
    { ...z.toJSONSchema(schema, { io: 'output' }), $schema: undefined },
  ]);
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'What a command prints with --json, by its name; a line each',
    $defs: Object.fromEntries<object>(commands),
  };
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
    '../../../docs/use/outcomes.schema.json',
  );
});
