import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runLeakwatch } from '../harness/run-leakwatch.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

/** The promised keys of a result line: other tools measure with them. */
const DetectionLine = z.strictObject({
  postId: z.string(),
  campaignId: z.string(),
  itemId: z.string(),
  kind: z.enum(['term', 'asset']),
  confidence: z.number().min(0).max(1),
  span: z.tuple([z.int(), z.int()]).nullable(),
  matched: z.string(),
  how: z.array(z.string()),
  distance: z.int().nullable(),
  grade: z.enum(['same', 'part', 'same-layout']).optional(),
  raisesAlert: z.literal(false).optional(),
});

const WATCH_LIST = `
campaigns:
  - id: launch
    name: Launch
    terms:
      - { id: name, text: Quillon Ember, kind: product }
`;

async function writeInput(posts: readonly (string | object)[], watchList = WATCH_LIST) {
  const folder = await temporaryFolder();
  const files = {
    watchlist: path.join(folder, 'list.yaml'),
    posts: path.join(folder, 'posts.jsonl'),
    folder,
  };
  await writeFile(files.watchlist, watchList);
  const lines = posts.map((post) => (typeof post === 'string' ? post : JSON.stringify(post)));
  await writeFile(files.posts, `${lines.join('\n')}\n`);
  return files;
}

function linesOf(stdout: string) {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => DetectionLine.parse(JSON.parse(line)));
}

async function photograph(): Promise<Buffer> {
  const svg = Array.from(
    { length: 30 },
    (_unused, n) =>
      `<rect x="${(n * 137) % 560}" y="${(n * 71) % 420}" width="${40 + ((n * 53) % 90)}" height="${30 + ((n * 29) % 80)}" fill="hsl(${(n * 47) % 360},60%,${30 + ((n * 7) % 50)}%)"/>`,
  ).join('');
  return sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480">${svg}</svg>`))
    .flatten({ background: '#888' })
    .jpeg()
    .toBuffer();
}

describe('leakwatch scan', () => {
  it('prints a JSON line a detection, in the order of the posts, with spans of the original text', async () => {
    const input = await writeInput([
      { id: 'a', text: 'nothing here' },
      { id: 'b', text: '🎉 So happy: QUILLON EMBER is here' },
      { id: 'c', text: 'the Quillon Ember again', lang: 'en', leaks: ['ignored'] },
    ]);
    const { code, stdout, stderr } = await runLeakwatch([
      'scan',
      '--watchlist',
      input.watchlist,
      '--posts',
      input.posts,
    ]);
    expect(code).toBe(0);
    const lines = linesOf(stdout);
    expect(lines.map((line) => line.postId)).toEqual(['b', 'c']);
    expect(lines[0]).toMatchObject({ campaignId: 'launch', itemId: 'name', kind: 'term', span: [13, 26] });
    expect(lines.map((line) => line.matched)).toEqual(['QUILLON EMBER', 'Quillon Ember']);
    expect(stderr).toMatch(/scanned 3 posts .* 2 detections in 2 posts, everything was scanned/);
  });

  it('finds an asset in pictures of a folder', async () => {
    const input = await writeInput(
      [
        { id: 'a', media: [{ file: 'leak.jpg' }] },
        { id: 'b', text: 'Quillon Ember', media: [{ file: 'other.png' }] },
      ],
      `${WATCH_LIST}    assets:\n      - { id: hero, file: hero.jpg }\n`,
    );
    const hero = await photograph();
    const media = path.join(input.folder, 'media');
    await mkdir(media);
    await writeFile(path.join(input.folder, 'hero.jpg'), hero);
    await writeFile(
      path.join(media, 'leak.jpg'),
      await sharp(hero).resize(400).jpeg({ quality: 50 }).toBuffer(),
    );
    const other = await sharp(hero).blur(30).negate().rotate(37).resize(300, 300).png().toBuffer();
    await writeFile(path.join(media, 'other.png'), other);
    const { code, stdout } = await runLeakwatch([
      ...['scan', '--watchlist', input.watchlist, '--posts', input.posts, '--media', media],
    ]);
    expect(code).toBe(0);
    expect(linesOf(stdout).map((line) => [line.postId, line.kind, line.itemId])).toEqual([
      ['a', 'asset', 'hero'],
      ['b', 'term', 'name'],
    ]);
  });

  it('tells which grades raise no alert, by the policy of the asset or of its campaign', async () => {
    const hero = await photograph();
    const half = await sharp(hero).extract({ left: 300, top: 0, width: 340, height: 480 }).toBuffer();
    const scanWith = async (ofCampaign: string, ofAsset: string) => {
      const input = await writeInput(
        [{ id: 'a', media: [{ file: 'half.jpg' }] }],
        `${WATCH_LIST}${ofCampaign}    assets:\n      - { id: hero, file: hero.jpg${ofAsset} }\n`,
      );
      await writeFile(path.join(input.folder, 'hero.jpg'), hero);
      await writeFile(path.join(input.folder, 'half.jpg'), half);
      const { code, stdout, stderr } = await runLeakwatch([
        ...['scan', '--watchlist', input.watchlist, '--posts', input.posts, '--fail-on-leak'],
      ]);
      const [line] = linesOf(stdout);
      return { code, grade: line?.grade, raisesAlert: line?.raisesAlert ?? true, stderr };
    };
    const silent = await scanWith('', ', alertOn: [same]');
    expect(silent).toMatchObject({ code: 0, grade: 'part', raisesAlert: false });
    expect(silent.stderr).toContain('1 of them in a grade that raises no alert');
    expect(await scanWith('    alertOn: [same]\n', '')).toMatchObject({ code: 0, raisesAlert: false });
    const loud = await scanWith('    alertOn: [same]\n', ', alertOn: [part]');
    expect(loud).toMatchObject({ code: 1, grade: 'part', raisesAlert: true });
  });

  it('names what could not be scanned and where, goes on with the rest, and keeps those lines', async () => {
    const input = await writeInput([
      '{"id": "a", "text": ',
      { text: 'no id' },
      { id: 'c', text: 'Quillon Ember', media: [{ file: '../secret.jpg' }, { file: 'gone.jpg' }] },
      { id: 'd', text: 'x'.repeat(1_000_000) },
      { id: 'e', text: 'Quillon Ember' },
    ]);
    const failures = path.join(input.folder, 'failures.jsonl');
    const { code, stdout, stderr } = await runLeakwatch([
      ...['scan', '--watchlist', input.watchlist, '--posts', input.posts, '--failures', failures],
    ]);
    expect(code).toBe(3);
    expect(linesOf(stdout).map((line) => line.postId)).toEqual(['c', 'e']);
    expect(stderr).toMatch(/posts\.jsonl:1: bad-json: /);
    expect(stderr).toMatch(/posts\.jsonl:2: bad-post: id: /);
    expect(stderr).toMatch(/posts\.jsonl:3: media-refused: media\[0\] /);
    expect(stderr).toMatch(/posts\.jsonl:3: missing-media: media\[1\] gone\.jpg: /);
    expect(stderr).toMatch(/posts\.jsonl:4: too-large: /);
    expect(stderr).toMatch(/4 posts could not be scanned completely/);
    expect((await readFile(failures, 'utf8')).split('\n').filter((line) => line !== '')).toHaveLength(4);
  });

  it('finds an asset in a damaged picture and says that it saw a part', async () => {
    const input = await writeInput(
      [{ id: 'a', media: [{ file: 'leak.jpg' }] }],
      `${WATCH_LIST}    assets:\n      - { id: hero, file: hero.jpg }\n`,
    );
    const hero = await photograph();
    await writeFile(path.join(input.folder, 'hero.jpg'), hero);
    await writeFile(path.join(input.folder, 'leak.jpg'), hero.subarray(0, Math.floor(hero.length * 0.9)));
    const scanned = await runLeakwatch(['scan', '--watchlist', input.watchlist, '--posts', input.posts]);
    expect(scanned.code).toBe(0);
    expect(linesOf(scanned.stdout).map(({ itemId }) => itemId)).toEqual(['hero']);
    expect(scanned.stderr).toMatch(
      /posts\.jsonl:1: partial: media\[0\] leak\.jpg: the jpeg file ends too early/,
    );
    expect(scanned.stderr).toMatch(/everything was scanned \(images of 1 posts in part\)/);
  });

  it('reads posts from standard input', async () => {
    const input = await writeInput([]);
    const { code, stdout } = await runLeakwatch(['scan', '--watchlist', input.watchlist, '--posts', '-'], {
      input: '{"id":"a","text":"quillon ember"}\r\n{"id":"b","text":"no"}',
    });
    expect(code).toBe(0);
    expect(linesOf(stdout).map((line) => line.postId)).toEqual(['a']);
  });

  it('exits with 1 with --fail-on-leak only if there is one', async () => {
    const leak = await writeInput([{ id: 'a', text: 'Quillon Ember' }]);
    const clean = await writeInput([{ id: 'a', text: 'a quiet day' }]);
    const scan = (input: { watchlist: string; posts: string }) =>
      runLeakwatch(['scan', '--watchlist', input.watchlist, '--posts', input.posts, '--fail-on-leak']);
    expect((await scan(leak)).code).toBe(1);
    expect((await scan(clean)).code).toBe(0);
  });

  it.each<[string, string[], RegExp]>([
    ['a text that is no posts', ['notes.txt'], /could not be scanned completely/],
    ['no post at all', ['empty.jsonl'], /0 posts .* there was no post to scan/],
    ['posts whose pictures are missing', ['posts.jsonl', '--fail-on-leak'], /1 posts could not be/],
  ])('exits with 3 for %s, and with 0 if that is allowed', async (_name, [posts = '', ...args], message) => {
    const input = await writeInput([{ id: 'a', media: [{ file: 'gone.jpg' }] }]);
    await writeFile(path.join(input.folder, 'notes.txt'), 'launch on Friday\n');
    await writeFile(path.join(input.folder, 'empty.jsonl'), '');
    const scan = (...more: string[]) =>
      runLeakwatch([
        ...[
          'scan',
          '--watchlist',
          input.watchlist,
          '--posts',
          path.join(input.folder, posts),
          ...args,
          ...more,
        ],
      ]);
    const scanned = await scan();
    expect(scanned.code).toBe(3);
    expect(scanned.stderr).toMatch(message);
    expect((await scan('--allow-unscanned')).code).toBe(0);
  });

  it('exits with 1 with --fail-on-leak for a leak beside a post that could not be scanned', async () => {
    const input = await writeInput(['no post', { id: 'a', text: 'Quillon Ember' }]);
    const { code } = await runLeakwatch([
      ...['scan', '--watchlist', input.watchlist, '--posts', input.posts, '--fail-on-leak'],
    ]);
    expect(code).toBe(1);
  });

  it('refuses a watch list that is wrong with 2, naming every place, and scans nothing', async () => {
    const input = await writeInput(
      [{ id: 'a', text: 'Quillon Ember' }],
      'campaigns:\n  - id: c\n    name: C\n    embargo: { liftsAt: tomorrow }\n    assets: [{ id: a }]\n',
    );
    const { code, stdout, stderr } = await runLeakwatch([
      'scan',
      '--watchlist',
      input.watchlist,
      '--posts',
      input.posts,
    ]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/list\.yaml:4:25: campaigns\[0\]\.embargo\.liftsAt: /);
    expect(stderr).toMatch(/list\.yaml:5:\d+: campaigns\[0\]\.assets\[0\]\.file: /);
  });

  it('names an asset whose picture is missing or cannot be read', async () => {
    const assets = '    assets: [{ id: a, file: gone.jpg }]\n';
    const missing = await writeInput([], WATCH_LIST + assets);
    const first = await runLeakwatch(['scan', '--watchlist', missing.watchlist, '--posts', missing.posts]);
    expect(first.code).toBe(2);
    expect(first.stderr).toMatch(/campaigns\[0\]\.assets\[0\]\.file: cannot read the picture: .*gone\.jpg/);
    await writeFile(path.join(missing.folder, 'gone.jpg'), (await photograph()).subarray(0, 500));
    const second = await runLeakwatch(['scan', '--watchlist', missing.watchlist, '--posts', missing.posts]);
    expect(second.code).toBe(2);
    expect(second.stderr).toMatch(/campaigns\[0\]\.assets\[0\]: gone\.jpg: truncated: /);
  });
  it('reads no endless file as an asset or a watch list', async () => {
    const endless = await writeInput([], `${WATCH_LIST}    assets: [{ id: a, file: /dev/zero }]\n`);
    const asset = await runLeakwatch(['scan', '--watchlist', endless.watchlist, '--posts', endless.posts]);
    expect(asset.code).toBe(2);
    expect(asset.stderr).toMatch(
      /assets\[0\]\.file: cannot read the picture: \/dev\/zero has more than \d+ bytes/,
    );
    const list = await runLeakwatch(['scan', '--watchlist', '/dev/zero', '--posts', endless.posts]);
    expect(list.code).toBe(2);
    expect(list.stderr).toMatch(/cannot read the watch list: \/dev\/zero has more than \d+ bytes/);
  });
});
