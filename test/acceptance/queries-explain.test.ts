import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLeakwatch, type StartOptions } from '../harness/run-leakwatch.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const WATCH_LIST = `
campaigns:
  - id: launch
    name: Launch
    terms:
      - { id: talk, text: 'velmora AND (mist OR serum)', kind: query }
`;

const explain = (args: readonly string[], options: StartOptions = {}) =>
  runLeakwatch(['queries', 'explain', ...args], options);

async function fileOf(name: string, content: string): Promise<string> {
  const file = path.join(await temporaryFolder(), name);
  await writeFile(file, content);
  return file;
}

describe('leakwatch queries explain', () => {
  it('says in words what a query asks', async () => {
    const { code, stdout, stderr } = await explain(['velmora AND (mist or "glow serum") -review']);
    expect(code, stderr).toBe(0);
    expect(stdout).toBe(
      [
        'read as: velmora AND (mist OR "glow serum") AND NOT review',
        '',
        'It takes a post with',
        '  all of these:',
        '    the word “velmora”',
        '    at least one of these:',
        '      the word “mist”',
        '      the words “glow serum” side by side or joined',
        '    not this:',
        '      the word “review”',
        '',
      ].join('\n'),
    );
    expect(stderr).toBe('! position 19: `or` is read as the operator OR; for the word itself write `"or"`\n');
  });

  it('shows which parts a text meets, and exits with 1 where the query does not take it', async () => {
    const taken = await explain(['velmora NEAR/3 mist', '--text', 'the mist of Velm0ra']);
    expect(taken).toMatchObject({ code: 0, stderr: '' });
    expect(taken.stdout).toContain('✓ the word “velmora”: “Velm0ra” in the caption, 12–19');
    expect(taken.stdout).toContain('The query takes this text.');

    const left = await explain(['velmora NEAR/1 mist', '--text', '-'], { input: 'mist, so says velmora' });
    expect(left.code).toBe(1);
    expect(left.stdout).toContain(': the nearest have 2 words between them');
    expect(left.stdout).toContain('The query does not take this text.');
  });

  it('tries it on a post in all its fields', async () => {
    const post = JSON.stringify({
      id: '1',
      text: 'see bio',
      lang: 'de',
      tags: ['launch'],
      author: { id: 'a', handle: 'ann' },
    });
    const { code, stdout } = await explain(['hashtags:launch author:ann lang:de', '--post', '-'], {
      input: post,
    });
    expect(code, stdout).toBe(0);
    expect(stdout).toContain('✓ the hashtag “#launch”: “launch” in the hashtag, 1–7');
    expect(stdout).toContain('“ann” in the handle, 0–3');
  });

  it('takes the query from a file, and answers in JSON', async () => {
    const file = await fileOf('query.txt', 'velmora <<<the brand>>>\n  AND mist\n');
    const { code, stdout } = await explain(['--file', file, '--text', 'velmora', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      readAs: 'velmora AND mist',
      advice: [],
      taken: false,
      tree: {
        asks: 'all of these',
        met: false,
        parts: [
          {
            asks: 'the word “velmora”',
            met: true,
            found: [{ kind: 'caption', span: [0, 7], matched: 'velmora' }],
          },
          { asks: 'the word “mist”', position: 30, met: false, found: [] },
        ],
      },
    });
  });

  it('points at what is wrong, and exits with 2', async () => {
    const { code, stdout, stderr } = await explain(['velmora AND mist~2']);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('leakwatch: query, position 13: `mist~2` means nothing here');
    expect(stderr).toContain('\n  velmora AND mist~2\n              ^\n');
  });

  it('takes no control sequence of a text or a query over to the terminal', async () => {
    const clean = await explain(['velmora NEAR/5 mist', '--text', 'velmora \u001b[31m mist']);
    expect(clean.stdout).toContain('“velmora mist” in the caption');
    const refused = await explain(['velmora \u001b[31m~']);
    expect(refused.stderr).toContain('position 9: an invisible character (U+001B) stands here; delete it');
    expect(`${clean.stdout}${clean.stderr}${refused.stderr}`).not.toContain('\u001b');
  });
});

describe('leakwatch queries explain --term', () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await openTestStore();
  });
  afterAll(() => store.drop());

  it('finds the query once the list is imported', async () => {
    const env = { DATABASE_URL: store.connectionString };
    const before = await explain(['--term', 'talk'], { env });
    expect(before.code).toBe(2);
    expect(before.stderr).toContain('no watch list has been imported');
    const list = await fileOf('list.yaml', WATCH_LIST);
    expect((await runLeakwatch(['watchlist', 'import', list], { env })).code).toBe(0);
    const { code, stdout } = await explain(['--term', 'launch/talk', '--text', 'Velmora serum'], { env });
    expect(code).toBe(0);
    expect(stdout).toContain('The query takes this text.');
  });
});
