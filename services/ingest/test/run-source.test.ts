import { LIMITS, sha256Hex } from '@leakwatch/contracts';
import { loadBlob, saveWatchList } from '@leakwatch/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSource } from '../queries/load-source.ts';
import { sourceOf } from './support/memory-source.ts';
import { counterValue, openIngest, type IngestUnderTest } from './support/open-ingest.ts';

describe('a run of a source', () => {
  let ingest: IngestUnderTest;
  beforeAll(async () => {
    ingest = await openIngest({ LEAKWATCH_INGEST_BATCH_POSTS: '3' });
  });
  afterAll(() => ingest.close());

  const published = async (prefix: string) =>
    (await ingest.posts()).filter((post) => post.nativeId.startsWith(prefix));

  it('publishes every post in its canonical form and says how many', async () => {
    const posts = Array.from({ length: 8 }, (_, i) => ({ id: `plain-${i}`, text: `post ${i} #tag` }));
    const summary = await ingest.app.run(sourceOf(posts, { name: 'plain' }));
    expect(summary).toEqual({
      source: 'plain',
      read: 8,
      published: 8,
      duplicates: 0,
      olderRevisions: 0,
      deadLetters: 0,
      ended: true,
    });
    const first = (await published('plain-')).find((post) => post.nativeId === 'plain-0');
    expect(first).toMatchObject({
      platform: 'testnet',
      instance: 'one',
      revision: 1,
      op: 'create',
      creatorId: 'unregistered:testnet/one/unknown',
      tags: ['tag'],
      publishedAt: '2026-11-20T12:00:00.000Z',
      provenance: { connector: 'plain', transport: 'memory', cursor: 'test:1' },
    });
  });

  it('drops what it has seen, and passes on edits and deletions', async () => {
    const original = { id: 'edited', text: 'one' };
    const edit = { id: 'edited', text: 'two', revision: 2, op: 'update' };
    const deletion = { id: 'edited', op: 'delete' };
    const first = await ingest.app.run(sourceOf([original, edit, original, edit], { name: 'edits-1' }));
    expect(first).toMatchObject({ published: 2, duplicates: 1, olderRevisions: 1 });
    const second = await ingest.app.run(sourceOf([edit, original, deletion, deletion], { name: 'edits-2' }));
    expect(second).toMatchObject({ published: 1, duplicates: 2, olderRevisions: 1 });
    expect((await published('edited')).map((post) => post.op)).toEqual(['create', 'update', 'delete']);
    expect(await counterValue(ingest.metrics, 'leakwatch_posts_dropped_total', { reason: 'duplicate' })).toBe(
      3,
    );
  });

  it('drops a post that comes after its deletion', async () => {
    const posts = [
      { id: 'late', op: 'delete' },
      { id: 'late', text: 'too late' },
    ];
    const summary = await ingest.app.run(sourceOf(posts, { name: 'late' }));
    expect(summary).toMatchObject({ published: 1, olderRevisions: 1 });
  });

  it('goes on after what it can not take, and keeps it with its place and reason', async () => {
    const huge = JSON.stringify({ id: 'huge', text: 'x'.repeat(LIMITS.postBytes) });
    const posts = [
      { id: 'good-1', text: 'fine' },
      '{"id": "bad-json", "text": ',
      { id: 'bad-type', text: 7, media: 'none' },
      '[1, 2, 3]',
      huge,
      { id: 'good-2', text: 'fine' },
    ];
    const source = sourceOf(posts, { name: 'garbage' });
    const summary = await ingest.app.run(source);
    expect(summary).toMatchObject({ read: 6, published: 2, deadLetters: 4 });

    const letters = (await ingest.deadLetters()).filter(
      (letter) => letter.origin.kind === 'source' && letter.origin.source === 'garbage',
    );
    const told = letters.map(({ stage, origin, error }) => ({
      stage,
      place: origin.kind === 'source' ? origin.place : null,
      reason: error.reason,
      message: error.message,
    }));
    const { postBytes } = LIMITS;
    expect(told.toSorted((a, b) => a.message.localeCompare(b.message))).toEqual([
      {
        stage: 'ingest',
        place: 'test:2',
        reason: 'bad-json',
        message: 'test:2: not JSON: it ends too early',
      },
      {
        stage: 'ingest',
        place: 'test:3',
        reason: 'bad-post',
        message: 'test:3: text: must be text, not a number; ' + 'media: must be a list, not text',
      },
      {
        stage: 'ingest',
        place: 'test:4',
        reason: 'bad-post',
        message: 'test:4: (whole document): must be an object, not a list',
      },
      {
        stage: 'ingest',
        place: 'test:5',
        reason: 'too-large',
        message: `test:5: the post has ${huge.length} bytes; the limit is ${postBytes}`,
      },
    ]);
    const large = letters.find((letter) => letter.error.reason === 'too-large');
    expect(large?.payload).toEqual({ kind: 'blob', sha256: sha256Hex(huge), bytes: huge.length });
    const kept = await loadBlob(ingest.store.pool, sha256Hex(huge));
    expect(Buffer.from(huge).equals(kept?.bytes ?? Buffer.alloc(0))).toBe(true);

    await ingest.app.run({ ...source, read: (_, signal) => source.read(null, signal) });
    const again = await ingest.deadLetters();
    expect(new Set(again.map((letter) => letter.id)).size).toBe(new Set(letters.map((l) => l.id)).size);
  });

  it('stores media, and takes a post without those that are missing', async () => {
    const png = Buffer.from('89504e470d0a1a0a', 'hex');
    const media = [
      { file: 'there.bin' },
      { file: 'gone.png', alt: 'a box' },
      { url: 'https://a.test/b.jpg' },
    ];
    const source = sourceOf([{ id: 'pictures', media }], {
      name: 'pictures',
      openMedia: (file) =>
        file === 'there.bin' ? Promise.resolve(png) : Promise.reject(new Error(`${file} is away`)),
    });
    expect(await ingest.app.run(source)).toMatchObject({ published: 1, deadLetters: 1 });

    const [post] = await published('pictures');
    const sha256 = sha256Hex(png);
    expect(post?.media).toMatchObject([
      { claim: { uri: `blob:${sha256}`, sha256, bytes: 8, mime: 'image/png' }, fetchError: null },
      { claim: null, fetchError: 'missing-media: gone.png is away', altText: 'a box' },
      { claim: null, fetchError: null, sourceUrl: 'https://a.test/b.jpg', kind: 'image' },
    ]);
    expect((await loadBlob(ingest.store.pool, sha256))?.bytes).toEqual(png);
    const letter = (await ingest.deadLetters()).find((one) => one.error.reason === 'missing-media');
    expect(letter).toMatchObject({
      origin: { place: 'test:1 media[1]' },
      error: { message: 'test:1 media[1]: gone.png is away' },
    });
    expect(await ingest.app.run({ ...source, name: 'pictures again' })).toMatchObject({
      duplicates: 1,
      deadLetters: 0,
    });
  });

  it('knows the creators of the watch list, and those of a newer one', async () => {
    const campaigns = [
      { id: 'c', name: 'C', sensitivity: 'normal' as const, terms: [], assets: [], approvedPosts: [] },
    ];
    const creator = (id: string, handle: string) => ({
      id,
      accounts: [{ platform: 'testnet', handle }],
      risk: {
        partnerships: 0,
        confirmedLeaks: 0,
        concurrentPartnerships: 0,
        trusted: false,
        underInvestigation: false,
        followers: 0,
      },
    });
    const author = { id: 'did:1', handle: '@Nova' };
    await ingest.store.transaction((tx) =>
      saveWatchList(tx, { campaigns, creators: [creator('nova', 'nova')] }),
    );
    let round = 0;
    await expect
      .poll(async () => {
        round += 1;
        await ingest.app.run(
          sourceOf([{ id: `by-nova-${round}`, text: 'x', author }], { name: `nova-${round}` }),
        );
        return (await published(`by-nova-${round}`))[0]?.creatorId;
      })
      .toBe('nova');
  });

  it('names unknown platforms `other` in its metrics', async () => {
    await ingest.app.run(sourceOf([{ id: 'odd', text: 'x', platform: 'made-up' }], { name: 'odd' }));
    const count = (platform: string) =>
      counterValue(ingest.metrics, 'leakwatch_posts_ingested_total', { platform });
    expect(await count('made-up')).toBe(0);
    expect(await count('other')).toBeGreaterThan(0);
  });

  it('stops when asked, and later goes on where it stopped', async () => {
    const posts = Array.from({ length: 20 }, (_, i) => ({ id: `stop-${i}`, text: 'x' }));
    const source = sourceOf(posts, { name: 'stopped' });
    const stop = new AbortController();
    const first = await ingest.app.run(source, {
      signal: stop.signal,
      onProgress: ({ read }) => {
        if (read >= 6) stop.abort();
      },
    });
    expect(first.ended).toBe(false);
    expect(first.read).toBeGreaterThanOrEqual(6);
    expect(first.read).toBeLessThan(20);

    const second = await ingest.app.run(source);
    expect(second).toMatchObject({
      read: 20 - first.read,
      published: 20 - first.read,
      duplicates: 0,
      ended: true,
    });
    expect(await published('stop-')).toHaveLength(20);
    expect(await loadSource(ingest.store.pool, 'stopped')).toMatchObject({
      platform: 'testnet',
      instance: 'one',
    });
  });

  it('publishes a post once, however many batches with it run at the same time', async () => {
    const posts = Array.from({ length: 12 }, (_, i) => ({ id: `race-${i}`, text: 'x' }));
    const other = ingest.another();
    await other.start();
    const summaries = await Promise.all([
      ingest.app.run(sourceOf(posts, { name: 'race-a' })),
      ingest.app.run(sourceOf([...posts].reverse(), { name: 'race-b' })),
      other.run(sourceOf(posts, { name: 'race-c' })),
    ]);
    await other.stop();
    expect(summaries.reduce((sum, summary) => sum + summary.published, 0)).toBe(12);
    expect(await published('race-')).toHaveLength(12);
  });
});
