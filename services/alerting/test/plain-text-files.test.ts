/** Files in another encoding look sound and match nothing: every kind of file that people write refuses them with the line. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseWatchList } from '@leakwatch/contracts';
import { readTextFile } from '@leakwatch/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPlaybooks } from '../desk/playbooks/load-playbooks.ts';
import { compileRulesText, readRulesText } from '../judge/load-ruleset.ts';
import { parseRoutes } from '../tell/routing/parse-routes.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

const READERS: Record<string, (file: string) => Promise<unknown>> = {
  'watch list': async (file) => parseWatchList(await readTextFile(file), file),
  rules: async (file) => compileRulesText(await readRulesText(file), file),
  routes: async (file) => parseRoutes(await readTextFile(file), file, []),
  playbooks: loadPlaybooks,
};

const BYTES: [string, number[], string][] = [
  ['Latin-1', [0x43, 0x72, 0xe8, 0x6d, 0x65], 'not UTF-8'],
  ['a lost character', [0xef, 0xbf, 0xbd], 'U+FFFD'],
  ['NUL', [0x61, 0x00, 0x62], 'U+0000'],
  ['half a surrogate pair as bytes', [0xed, 0xa0, 0x80], 'not UTF-8'],
  ['half a surrogate pair as an escape', [...Buffer.from('"\\ud800"')], 'U+D800'],
];

describe.each(Object.entries(READERS))('%s', (kind, read) => {
  it.each(BYTES)('with %s are refused with the line', async (_name, bytes, says) => {
    const file = path.join(folder, `${kind.replace(' ', '-')}.yaml`);
    await writeFile(
      file,
      Buffer.concat([Buffer.from('first: 1\nsecond: '), Buffer.from(bytes), Buffer.from('\n')]),
    );
    const refused = await read(file).then(
      () => 'taken',
      (error: unknown) => String(error),
    );
    expect(refused).toMatch(/\.yaml:2:\d+: /);
    expect(refused).toContain(says);
  });
});
