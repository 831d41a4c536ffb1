import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DeadLetter } from '@leakwatch/contracts';
import { replayDeadLetter } from '@leakwatch/event-log';
import { loadBlob } from '@leakwatch/store';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createJsonlSource, openMediaFile } from '../index.ts';
import { openIngest, type IngestUnderTest } from './support/open-ingest.ts';

let folder: string;
let ingest: IngestUnderTest;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leakwatch-replay-'));
  await mkdir(join(folder, 'media'));
  ingest = await openIngest();
  const file = join(folder, 'posts.jsonl');
  const lines = [
    '{"id":"garbage"',
    '{"id":"picture","text":"look","media":[{"file":"late.jpg"}]}',
    '{"id":"edited","op":"update","text":"two","media":[{"file":"late.jpg"}]}',
    'caf\xe9',
    '{"id":"fine","text":"x"}',
  ];
  await writeFile(file, Buffer.from(lines.join('\n'), 'latin1'));
  const source = createJsonlSource({ file, mediaDir: join(folder, 'media'), platform: 'p', instance: 'i' });
  const summary = await ingest.app.run(source);
  expect(summary).toMatchObject({ read: 5, published: 3, deadLetters: 4 });
});
afterAll(async () => {
  await ingest.close();
  await rm(folder, { recursive: true });
});

async function letterAt(place: string): Promise<DeadLetter> {
  const found = (await ingest.deadLetters()).find(
    (letter) => letter.origin.kind === 'source' && letter.origin.place === place,
  );
  if (found === undefined) throw new Error(`no dead letter of ${place}`);
  return found;
}

function replay({ id }: DeadLetter): Promise<DeadLetter> {
  return replayDeadLetter(ingest.log, ingest.store.pool, id, {
    loadPayload: async (sha256) => (await loadBlob(ingest.store.pool, sha256))?.bytes ?? null,
    takeAgain: (letter, payload) =>
      ingest.app.replay(letter, payload, (file) => openMediaFile(join(folder, 'media'), file)),
  });
}

it('names each place of a file with garbage', async () => {
  const messages = (await ingest.deadLetters()).map((letter) => [letter.error.reason, letter.error.message]);
  expect(messages.toSorted()).toEqual([
    ['bad-encoding', 'posts.jsonl:4: it is not UTF-8'],
    ['bad-json', expect.stringMatching(/^posts\.jsonl:1: not JSON/)],
    [
      'missing-media',
      expect.stringMatching(/^posts\.jsonl:2 media\[0\]: .*`late\.jpg` is not in the media folder/),
    ],
    ['missing-media', expect.stringMatching(/^posts\.jsonl:3 media\[0\]: /)],
  ]);
});

it('leaves a letter open that still can not be taken, and says why', async () => {
  const garbage = await letterAt('posts.jsonl:1');
  await expect(replay(garbage)).rejects.toThrow('not JSON');
  await expect(replay(garbage)).rejects.toThrow('not JSON');
  await expect(replay(await letterAt('posts.jsonl:4'))).rejects.toThrow('not UTF-8');
  await expect(replay(await letterAt('posts.jsonl:2 media[0]'))).rejects.toThrow('late.jpg');
});

it.each([
  ['picture', 'posts.jsonl:2'],
  ['edited', 'posts.jsonl:3'],
])('publishes a post again with the media that had been missing: %s', async (nativeId, place) => {
  await writeFile(join(folder, 'media', 'late.jpg'), 'here now');
  ingest.now = new Date('2026-11-21T12:00:00Z');
  await replay(await letterAt(`${place} media[0]`));
  const [before, after] = (await ingest.posts()).filter((post) => post.nativeId === nativeId);
  expect(before?.media[0]?.claim).toBeNull();
  const media = after?.media[0];
  expect(after).toEqual({
    ...before,
    media: [{ ...before?.media[0], fetchError: null, claim: media?.claim }],
  });
  expect(media?.claim).toMatchObject({ bytes: 8, mime: 'image/jpeg', fetchedAt: ingest.now.toISOString() });
  expect(after).toMatchObject({ platform: 'p', instance: 'i', provenance: { cursor: place } });
});
