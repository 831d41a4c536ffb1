import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runLeakwatch } from '../harness/run-leakwatch.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const WATCH_LIST = `
campaigns:
  - id: launch
    name: Launch
    terms:
      - { id: name, text: Velmora, kind: product }
`;

async function writePosts(folder: string, posts: readonly (object | string)[]): Promise<string> {
  const file = path.join(folder, 'posts.jsonl');
  const lines = posts.map((post) => (typeof post === 'string' ? post : JSON.stringify(post)));
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

it('learns what many say, and with it in the watch list that is no typo any more', async () => {
  const folder = await temporaryFolder();
  const watchlist = path.join(folder, 'list.yaml');
  await writeFile(watchlist, WATCH_LIST);
  const post = (n: number, text: string) => ({ id: `p${n}`, author: { id: `a${n % 4}` }, text });
  const posts = await writePosts(folder, [
    ...Array.from({ length: 8 }, (_unused, n) => post(n, 'Zorbling on my Vellmaria again')),
    post(100, 'the new Velmora and snorbling, snorbling, snorbling'),
    '{"id": "broken"',
  ]);
  const learned = await runLeakwatch(
    ['words', 'learn', posts, '--watchlist', watchlist, '--least-posts', '8', '--least-authors', '4'],
    {},
  );
  expect(learned.code, learned.stderr).toBe(0);
  expect(learned.stdout).toBe('ordinaryWords:\n  - "vellmaria"\n  - "zorbling"\n');
  expect(learned.stderr).toContain('2 words from 8 clean posts');
  expect(learned.stderr).toContain('1 posts with a term were skipped, 1 could not be read');

  const leaks = await writePosts(folder, [post(1, 'Velmoria'), post(2, 'my velmora')]);
  const scan = async () =>
    (await runLeakwatch(['scan', '--watchlist', watchlist, '--posts', leaks], {})).stdout;
  expect((await scan()).match(/"postId":"p\d"/g)).toEqual(['"postId":"p1"', '"postId":"p2"']);
  await writeFile(watchlist, `${WATCH_LIST}${learned.stdout.replace('vellmaria', 'velmoria')}`);
  expect((await scan()).match(/"postId":"p\d"/g)).toEqual(['"postId":"p2"']);
});

it('a word of the watch list that is none is refused with its place', async () => {
  const folder = await temporaryFolder();
  const watchlist = path.join(folder, 'list.yaml');
  await writeFile(watchlist, `${WATCH_LIST}ordinaryWords:\n  - fine\n  - two words\n`);
  const { code, stderr } = await runLeakwatch(['watchlist', 'validate', watchlist], {});
  expect(code).toBe(2);
  expect(stderr).toContain('list.yaml:9:5: ordinaryWords[1]: must be a single word, of letters alone');
});
