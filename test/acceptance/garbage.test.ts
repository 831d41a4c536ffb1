import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { blackPng, plainPicture, truncatedJpeg } from '../harness/hostile-images.ts';
import { runLeakwatch, startLeakwatch } from '../harness/run-leakwatch.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const LetterLine = z.looseObject({
  stage: z.string(),
  state: z.string(),
  attempts: z.int(),
  error: z.object({ reason: z.string(), message: z.string() }),
  origin: z.looseObject({ place: z.string().optional(), topic: z.string().optional() }),
});

const WATCH_LIST = `campaigns:
  - id: launch
    name: Launch
    terms: [{ id: name, text: Quillon Ember }]
creators:
  - { id: ana, accounts: [{ platform: file, handle: ana }] }
`;

async function readLetters(dataDir: string) {
  const { code, stdout } = await runLeakwatch(['dead-letters', 'list', '--json', '--data-dir', dataDir]);
  expect(code).toBe(0);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => LetterLine.parse(JSON.parse(line)));
}

describe('garbage', () => {
  it('goes to the dead letters with its place, and the rest goes on', { timeout: 180_000 }, async () => {
    const folder = await temporaryFolder();
    const dataDir = path.join(folder, 'data');
    const media = path.join(folder, 'media');
    await mkdir(media);
    await writeFile(path.join(folder, 'list.yaml'), WATCH_LIST);
    await writeFile(path.join(media, 'fine.jpg'), await plainPicture());
    await writeFile(path.join(media, 'truncated.jpg'), await truncatedJpeg());
    await writeFile(path.join(media, 'wall.png'), blackPng(20_000));
    const author = { id: 'a1', handle: 'ana' };
    const lines = [
      '{"id": "1", "text": "Quillon',
      JSON.stringify({ id: '2', author, text: 'Quillon Ember', media: [{ file: 'truncated.jpg' }] }),
      JSON.stringify({
        id: '3',
        author,
        text: 'a wall',
        media: [{ file: 'wall.png' }, { file: 'fine.jpg' }],
      }),
      JSON.stringify({ id: '4', author, text: 'x'.repeat(1_000_000) }),
      JSON.stringify({ id: '5', author, media: [{ file: 'gone.jpg' }], text: 'no picture' }),
      JSON.stringify({ id: '6', author, text: 'Quillon Ember at last' }),
    ];
    const posts = path.join(folder, 'posts.jsonl');
    await writeFile(posts, lines.join('\n'));

    const up = startLeakwatch([
      ...['up', '--data-dir', dataDir, '--source', 'jsonl', '--posts', posts, '--media', media],
      ...['--watchlist', path.join(folder, 'list.yaml'), '--ops-port', '0', '--webhook-port', '0'],
    ]);
    await up.untilSaid(/everything is through/);
    const letters = await readLetters(dataDir);
    const seen = letters.map((letter) => [
      letter.stage,
      letter.error.reason,
      letter.origin.place ?? letter.origin.topic,
    ]);
    expect(seen.sort()).toEqual([
      ['ingest', 'bad-json', 'posts.jsonl:1'],
      ['ingest', 'missing-media', expect.stringMatching(/^posts\.jsonl:5/)],
      ['ingest', 'too-large', 'posts.jsonl:4'],
      ['matcher-image', 'too-many-pixels', 'posts'],
      ['matcher-image', 'truncated', 'posts'],
    ]);
    for (const letter of letters) expect(letter.error.message).not.toBe('');

    const alerts = await runLeakwatch(['alerts', '--json', '--data-dir', dataDir]);
    const found = z
      .object({
        occurrences: z.array(
          z.looseObject({ detection: z.looseObject({ post: z.looseObject({ nativeId: z.string() }) }) }),
        ),
      })
      .parse(JSON.parse(alerts.stdout));
    expect(found.occurrences.map(({ detection }) => detection.post.nativeId).sort()).toEqual(['2', '6']);

    // Dead letters can be replayed once the cause is gone.
    await writeFile(path.join(media, 'gone.jpg'), await plainPicture());
    const replayed = await runLeakwatch([
      'dead-letters',
      'replay',
      '--all',
      '--media',
      media,
      '--data-dir',
      dataDir,
    ]);
    expect(replayed.stderr).toMatch(/posts?|letters?|replayed/);
    await expect
      .poll(async () => (await readLetters(dataDir)).map((letter) => letter.error.reason).sort(), {
        timeout: 60_000,
      })
      .toEqual(['bad-json', 'too-large', 'too-many-pixels', 'truncated']);
    const again = await readLetters(dataDir);
    expect(
      again.filter((letter) => letter.stage === 'matcher-image').map((letter) => letter.attempts),
    ).toEqual([2, 2]);

    up.kill('SIGTERM');
    expect(await up.ended).toBe(0);
  });

  it('in a watch list is refused with every place, and the one before stays', async () => {
    const folder = await temporaryFolder();
    const dataDir = path.join(folder, 'data');
    const good = path.join(folder, 'good.yaml');
    const bad = path.join(folder, 'bad.yaml');
    await writeFile(good, WATCH_LIST);
    await writeFile(
      bad,
      WATCH_LIST.replace('text: Quillon Ember', 'txt: Quillon Ember').replace('id: ana', 'ident: ana'),
    );
    const first = await runLeakwatch(['watchlist', 'import', good, '--data-dir', dataDir]);
    expect([first.code, first.stdout]).toEqual([
      0,
      'watch list version 1: 1 campaigns, 1 terms, 0 assets, 1 creators\n',
    ]);
    const refused = await runLeakwatch(['watchlist', 'import', bad, '--data-dir', dataDir]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/bad\.yaml:4:\d+: campaigns\[0\]\.terms\[0\]/);
    expect(refused.stderr).toMatch(/bad\.yaml:6:\d+: creators\[0\]/);
    const same = await runLeakwatch(['watchlist', 'import', good, '--data-dir', dataDir]);
    expect(same.stdout).toMatch(/^watch list version 1:/);
  });
});
