/** Calls that cannot work say what to do instead, in a line, before anything is started. */
import { createServer } from 'node:net';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runLeakwatch } from '../harness/run-leakwatch.ts';

const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures');
const PICTURE = path.join(FIXTURES, 'images/assets/tideline-backdrop.jpg');
const LIST = path.join(FIXTURES, 'watchlist.yaml');
const POSTS = path.join(FIXTURES, 'posts.jsonl');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-mistakes-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs a call that is a mistake; gives the one line that it gets. */
async function mistake(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runLeakwatch(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  const lines = stderr.trimEnd().split('\n');
  expect(lines).toHaveLength(1);
  return lines[0] ?? '';
}

/** A watch list that gives no warning. */
async function plainList(): Promise<string> {
  const list = path.join(folder, 'list.yaml');
  await writeFile(
    list,
    `campaigns:
  - id: launch
    name: Launch
    brand: Vantablanc
    embargo: { liftsAt: 2099-01-01T00:00:00Z }
    terms: [{ id: name, text: Quillon Ember }]
creators:
  - { id: ana, accounts: [{ platform: file, handle: ana }] }
`,
  );
  return list;
}

it('a port in use is named with its holder and its option, before a database is made', async () => {
  const holder = createServer();
  holder.listen({ host: '127.0.0.1', port: 0 });
  await once(holder, 'listening');
  const address = holder.address();
  const port = typeof address === 'object' ? String(address?.port) : '';
  const dataDir = path.join(folder, 'never');
  const said = await mistake('up', '--data-dir', dataDir, '--ops-port', port);
  expect(said).toMatch(`leakwatch: port ${port} on 127.0.0.1, for metrics and health, is in use by `);
  expect(said).toMatch(/; choose another \(0: any free one\) by --ops-port or LEAKWATCH_OPS_PORT$/);
  if (process.platform === 'linux') expect(said).toContain(`pid ${process.pid};`);
  expect(existsSync(dataDir)).toBe(false);
  const ofService = await mistake(
    'run',
    'console',
    '--data-dir',
    dataDir,
    '--ops-port',
    '0',
    '--console-port',
    port,
  );
  expect(ofService).toContain('for the console, is in use by');
  expect(ofService).toMatch(/by --console-port or LEAKWATCH_CONSOLE_PORT$/);
  holder.close();
});

it('a wrong setting is told with the file that may have it', async () => {
  const file = path.join(folder, 'leakwatch.yaml');
  await writeFile(file, 'LEAKWATCH_OPS_PORT: abc\n');
  const call = ['up', '--data-dir', path.join(folder, 'never')];
  const said = await runLeakwatch(call, { env: { LEAKWATCH_CONFIG: file } });
  expect([said.code, said.stderr]).toEqual([
    2,
    `leakwatch: settings are wrong:\n  LEAKWATCH_OPS_PORT: must be a whole number\n(settings come from the environment and from ${file})\n`,
  ]);
});

it('an option of another source is told', async () => {
  expect(await mistake('up', '--rate', '5')).toBe(
    'leakwatch: --rate is for --source mock, and the source here is none',
  );
  expect(await mistake('up', '--source', 'mock', '--posts', POSTS)).toContain(
    '--posts is for --source jsonl',
  );
});

it('a misspelt option or command is told with the nearest', async () => {
  const option = await runLeakwatch(['up', '--watch-list', LIST]);
  expect([option.code, option.stderr]).toEqual([2, expect.stringContaining('Did you mean --watchlist?')]);
  const needed = await runLeakwatch(['scan', `--watch-list=${LIST}`, '--posts', POSTS]);
  expect([needed.code, needed.stderr]).toEqual([
    2,
    expect.stringContaining(
      "'--watchlist <file>' not specified\n(--watch-list is no option: did you mean --watchlist?)",
    ),
  ]);
  expect(await mistake('alerts', 'lst')).toBe('leakwatch: `alerts` has no command `lst`; did you mean list?');
  expect(await mistake('alerts', '3fa9c1')).toBe('leakwatch: `alerts` has no command `3fa9c1`');
});

it('an option that takes one value is refused when it is given twice, as the first would be dropped unseen', async () => {
  const said = await runLeakwatch([
    ...['silences', 'add', '--campaign', 'spring', '--campaign', 'autumn'],
    ...['--until', '2h', '--reason', 'x', '--data-dir', path.join(folder, 'never')],
  ]);
  expect([said.code, said.stderr]).toEqual([
    2,
    expect.stringContaining("error: option '--campaign <id>' is given twice, and takes one value"),
  ]);
});

it('a picture or a watch list as posts is told in one line', async () => {
  const list = await plainList();
  for (const [file, what] of [
    [PICTURE, 'a picture or another file that is no text'],
    [LIST, 'a watch list'],
  ] as const) {
    expect(await mistake('scan', '--watchlist', list, '--posts', file)).toBe(
      `leakwatch: ${file} is ${what}, and posts are JSON Lines, an object a line`,
    );
  }
});

it('one JSON array of posts is told with the command that makes lines of it', async () => {
  const array = path.join(folder, 'array.json');
  const list = await plainList();
  for (const text of ['[{"id": "1", "text": "fine"}]', '\uFEFF[\n  {"id": "1",\n"text": "fine"}\n]\n']) {
    await writeFile(array, text);
    const said = await mistake('scan', '--watchlist', list, '--posts', array);
    expect(said).toContain(`${array} is one JSON array`);
    expect(said).toContain(`jq -c '.[]' ${array}`);
  }
});

it.each([
  [PICTURE, 'is a picture or another file that is no text'],
  [POSTS, 'holds a JSON object on each line, as posts are given'],
])('%s as a watch list is told in one line', async (file, what) => {
  for (const call of [
    ['watchlist', 'validate', file],
    ['scan', '--posts', POSTS, '--watchlist', file],
  ]) {
    expect(await mistake(...call)).toBe(
      `leakwatch: ${file} ${what}; a watch list is YAML or JSON, with \`campaigns\``,
    );
  }
});
