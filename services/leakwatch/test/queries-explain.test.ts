import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UsageError } from '@leakwatch/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explain, type ExplainOptions } from '../commands/queries-explain.ts';
import { pointAt } from '../screen/query.ts';
import { type Screen } from '../screen/screen.ts';

const WATCH_LIST = `
campaigns:
  - id: launch
    name: Launch
    terms:
      - { id: name, text: Velmora, kind: product }
      - { id: talk, text: 'velmora AND (mist OR serum)', kind: query }
      - { id: twice, text: 'lumina AND mist', kind: query }
  - id: other
    name: Other
    terms:
      - { id: twice, text: 'lumina AND serum', kind: query }
`;

let folder: string;
let watchlist: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'explain-'));
  watchlist = path.join(folder, 'list.yaml');
  await writeFile(watchlist, WATCH_LIST);
});
afterAll(() => rm(folder, { recursive: true }));

async function run(query: string | undefined, options: Partial<ExplainOptions>) {
  const results: string[] = [];
  const problems: string[] = [];
  const still = { update: () => undefined, stop: () => undefined };
  const screen: Screen = {
    result: (line) => results.push(line),
    json: (value) => results.push(JSON.stringify(value)),
    outcome: () => undefined,
    note: () => undefined,
    problem: (line) => problems.push(line),
    progress: () => still,
    counter: () => still,
  };
  const code = await explain(query, { json: false, dataDir: folder, ...options }, screen);
  return { code, results, problems };
}

describe('a query of a watch list', () => {
  it.each([
    ['launch/talk', '    the word “velmora”'],
    ['talk', '    the word “velmora”'],
    ['other/twice', '    the word “serum”'],
  ])('is found as %s', async (term, line) => {
    const { code, results } = await run(undefined, { term, watchlist });
    expect(code).toBe(0);
    expect(results).toContain(line);
  });

  it.each([
    ['twice', 'several campaigns have a term `twice`: launch/twice, other/twice'],
    ['name', 'the term `name` is a product, not a query'],
    ['none', 'the watch list has no term `none`'],
  ])('is not found as %s', async (term, message) => {
    await expect(run(undefined, { term, watchlist })).rejects.toThrow(new UsageError(message));
  });
});

describe('a call with a mistake', () => {
  it.each<[string | undefined, Partial<ExplainOptions>, RegExp]>([
    [undefined, {}, /give one query/],
    ['a1', { term: 'b' }, /give one query/],
    ['a1', { watchlist: 'x.yaml' }, /--watchlist needs --term/],
    ['a1', { text: 'x', post: 'y' }, /--text or --post, not both/],
    [undefined, { file: '-', text: '-' }, /standard input holds the query or the text, not both/],
    [undefined, { file: '/no/such/file' }, /cannot read the query/],
    ['a1', { post: '/no/such/file' }, /cannot read the post/],
    [undefined, { term: 'a', watchlist: '/no/such/file' }, /cannot read the watch list/],
    ['', {}, /position 1: the query ends/],
    ['a1 '.repeat(3000), {}, /longer than 8000 characters/],
  ])('%s %j is refused', async (query, options, message) => {
    const call = run(query, options);
    await expect(call).rejects.toThrow(UsageError);
    await expect(call).rejects.toThrow(message);
  });

  it('is shown with its place, of a long query the part around it', () => {
    expect(pointAt('a AND', 5)).toEqual(['  a AND', '       ^']);
    expect(pointAt(`${'x'.repeat(100)}\n~y`, 101)).toEqual([
      `  ${'x'.repeat(29)} ~y`,
      `  ${' '.repeat(30)}^`,
    ]);
  });
});

it('a post that is none is refused with what is wrong', async () => {
  const post = path.join(folder, 'post.json');
  await writeFile(post, '{"id": "1"}');
  await expect(run('a1', { post })).rejects.toThrow(/bad-post: .*needs `text`/);
});

it('a language changes what a word takes', async () => {
  const text = '별빛을 봤다';
  expect(await run('별빛', { text, lang: 'ko' })).toMatchObject({ code: 0 });
});

it('more places than fit are counted', async () => {
  const { results } = await run('velmora', { text: 'velmora '.repeat(5) });
  expect(results.join('\n')).toContain('; and 2 more');
});
