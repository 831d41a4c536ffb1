import { setTimeout as sleep } from 'node:timers/promises';
import {
  approvedTextHash,
  EVENTS,
  hashId,
  postId,
  sha256Hex,
  type Detection,
  type Media,
  type Post,
  type RegisteredCampaign,
  type RevisionScan,
} from '@leakwatch/contracts';
import {
  decodeEvent,
  encodeEvent,
  eventTypeName,
  listDeadLetters,
  type EventLog,
} from '@leakwatch/event-log';
import { createPostgresEventLog } from '@leakwatch/event-log/postgres';
import { createImageEngine, IMAGE_ENGINE } from '@leakwatch/image-matching';
import { createMetrics, silentLogger } from '@leakwatch/runtime';
import { saveBlob, saveWatchList, type Store } from '@leakwatch/store';
import { openTestStore } from '@leakwatch/store/testing';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMatcher, loadMatcherConfig, type MatcherApp } from '../index.ts';

const AT = '2026-09-01T12:00:00.000Z';

let store: Store & { drop(): Promise<void> };
let log: EventLog;
let matcher: MatcherApp;
const metrics = createMetrics({ processMetrics: false });

beforeEach(async () => {
  store = await openTestStore();
  log = await createPostgresEventLog({
    database: {
      query: (text, values) => store.pool.query(text, values),
      listen: (...args) => store.listen(...args),
    },
    topics: ['posts', 'fingerprints', 'detections', 'dead-letters'],
    partitions: 2,
    leaseMs: 2000,
  });
  matcher = createMatcher({
    store,
    log,
    metrics,
    logger: silentLogger(),
    config: loadMatcherConfig({ LEAKWATCH_IMAGE_WORKERS: '1' }),
    clock: () => new Date(AT),
  });
});

afterEach(async () => {
  await matcher.stop();
  await log.close();
  await store.drop();
});

function makePost(nativeId: string, changes: Partial<Post> = {}): Post {
  const identity = {
    platform: 'test',
    instance: 'local',
    nativeId,
    revision: 1,
    op: 'create' as const,
    ...changes,
  };
  return {
    schemaVersion: 1,
    type: 'post',
    creatorId: 'creator-1',
    author: { nativeId: 'a1', handle: 'ana', displayName: null, url: null },
    canonicalUrl: null,
    inReplyTo: null,
    repostOf: null,
    text: '',
    contentRaw: null,
    lang: null,
    links: [],
    tags: [],
    media: [],
    publishedAt: AT,
    editedAt: null,
    deletedAt: null,
    observedAt: AT,
    provenance: {
      connector: 'test',
      transport: 'test',
      cursor: null,
      rawSha256: hashId(nativeId),
      signature: null,
    },
    ...identity,
    id: postId(identity),
  };
}

async function pictureMedia(bytes: Uint8Array, index = 0): Promise<Media> {
  const sha256 = await saveBlob(store.pool, { bytes, mime: 'image/jpeg' });
  return {
    index,
    kind: 'image',
    sourceUrl: null,
    declaredMime: null,
    altText: null,
    widthPx: null,
    heightPx: null,
    durationMs: null,
    fetchError: null,
    claim: { uri: `blob:${sha256}`, sha256, bytes: bytes.length, mime: 'image/jpeg', fetchedAt: AT },
  };
}

/** A picture that is easy to tell from others: discs at places that the seed decides. */
function picture(seed: number): Promise<Buffer> {
  const discs = Array.from({ length: 24 }, (_unused, n) => {
    const value = (k: number, range: number) =>
      Number.parseInt(sha256Hex(`${seed}/${n}/${k}`).slice(0, 6), 16) % range;
    return `<circle cx="${value(0, 480)}" cy="${value(1, 480)}" r="${20 + value(2, 70)}" fill="rgb(${value(3, 256)},${value(4, 256)},${value(5, 256)})"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="480"><rect width="480" height="480" fill="#ddd"/>${discs.join('')}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer();
}

async function watch(campaign: Partial<RegisteredCampaign>): Promise<number> {
  const full: RegisteredCampaign = {
    id: 'launch',
    name: 'Launch',
    sensitivity: 'normal',
    terms: [],
    assets: [],
    approvedPosts: [],
    ...campaign,
  };
  const snapshot = await store.transaction((tx) => saveWatchList(tx, { campaigns: [full], creators: [] }));
  return snapshot.version;
}

async function publish(...posts: Post[]): Promise<void> {
  await log.publish(
    posts.map((post) =>
      encodeEvent(EVENTS.post, post, {
        id: post.id,
        key: post.creatorId,
        source: '/test',
        time: new Date(AT),
      }),
    ),
  );
}

async function readTopic(topic: string) {
  const records = [];
  for await (const batch of log.replay({ topic })) records.push(...batch);
  return records;
}

async function detections(): Promise<Detection[]> {
  const records = await readTopic('detections');
  return records
    .filter((record) => eventTypeName(record) === EVENTS.detection.type)
    .map((record) => decodeEvent(record, EVENTS.detection));
}

async function revisionScans(): Promise<RevisionScan[]> {
  const records = await readTopic('detections');
  return records
    .filter((record) => eventTypeName(record) === EVENTS.revisionScan.type)
    .map((record) => decodeEvent(record, EVENTS.revisionScan));
}

async function untilThrough(): Promise<void> {
  await vi.waitFor(
    async () => {
      const ends = await log.endOffsets('posts');
      for (const group of ['matcher-text', 'matcher-image']) {
        const committed = await log.committedOffsets(group, 'posts');
        for (const [partition, end] of ends) expect(committed.get(partition) ?? 0n).toBe(end);
      }
    },
    { timeout: 30_000, interval: 50 },
  );
}

describe('matcher', () => {
  it('finds a term in a caption, says where, and keeps a fingerprint of every post', async () => {
    const version = await watch({ terms: [{ id: 't1', text: 'Quillon Ember' }] });
    await matcher.start();
    await publish(
      makePost('1', { text: 'Just got the ＱＵＩＬＬＯＮ ember 🎉 so soft' }),
      makePost('2', { text: 'a quiet morning' }),
    );
    await untilThrough();
    const found = await detections();
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      lane: 'text',
      watchListVersion: version,
      excerpt: 'Just got the ＱＵＩＬＬＯＮ ember 🎉 so soft',
      textSha256: approvedTextHash('just got the Quillon Ember 🎉 so soft '),
      evidence: {
        campaignId: 'launch',
        itemId: 't1',
        kind: 'term',
        matched: 'ＱＵＩＬＬＯＮ ember',
        span: [13, 26],
      },
    });
    expect(await readTopic('fingerprints')).toHaveLength(2);
  });

  it('finds an asset in a picture that was made smaller, and in a damaged one, which it marks', async () => {
    const original = await picture(1);
    const engine = await createImageEngine({ workers: 1 });
    const { data } = await engine.register(original);
    await engine.close();
    await watch({
      assets: [
        {
          id: 'hero',
          file: 'hero.jpg',
          sha256: sha256Hex(original),
          engine: IMAGE_ENGINE,
          fingerprint: Buffer.from(data).toString('base64'),
        },
      ],
    });
    await matcher.start();
    const smaller = await sharp(original).resize(300, 300).jpeg({ quality: 60 }).toBuffer();
    const damaged = smaller.subarray(0, smaller.length - 100);
    await publish(
      makePost('1', { media: [await pictureMedia(smaller)] }),
      makePost('2', { media: [await pictureMedia(await picture(2))] }),
      makePost('3', { media: [await pictureMedia(damaged)] }),
    );
    await untilThrough();
    const found = await detections();
    expect(
      found.map((detection) => [detection.post.nativeId, detection.lane, detection.evidence.itemId]),
    ).toEqual([
      ['1', 'image', 'hero'],
      ['3', 'image', 'hero'],
    ]);
    const marked = (await readTopic('fingerprints')).flatMap((record) => {
      const fingerprint = decodeEvent(record, EVENTS.fingerprint);
      const images = fingerprint.lane === 'image' ? fingerprint.images : [];
      return images.flatMap(({ notes = [] }) => notes.map(({ kind }) => [fingerprint.post.nativeId, kind]));
    });
    expect(marked).toEqual([['3', 'partial']]);
    expect(await metrics.registry.getSingleMetricAsString('leakwatch_images_seen_in_part_total')).toMatch(
      /\{kind="partial"\} 1$/m,
    );
  });

  it('is not ready while a newer watch list has been waiting for more than a minute', async () => {
    await watch({ terms: [{ id: 'name', text: 'Quillon Ember' }] });
    await matcher.start();
    await expect(matcher.ready()).resolves.toBeUndefined();
    // Inserts without the import's notification: the matcher sees it at its next poll, seconds later.
    await store.pool.query(
      `INSERT INTO watch_list_version (version, sha256, content, created_at)
       SELECT version + 1, sha256, content, now() - interval '61 seconds' FROM watch_list_version`,
    );
    await expect(matcher.ready()).rejects.toThrow(
      /version 1 of the watch list, but 2 is the newest: 6\d s behind/,
    );
    while (matcher.watchListVersion() < 2) await sleep(50);
    await expect(matcher.ready()).resolves.toBeUndefined();
    expect(await matcher.watchListAge()).toMatchObject({ newest: 2, behindSeconds: 0 });
  });

  it('takes a new watch list over without a restart, and detections name its version', async () => {
    await watch({ terms: [{ id: 't1', text: 'Quillon Ember' }] });
    await matcher.start();
    const version = await watch({ terms: [{ id: 't2', text: 'Marrow Peak' }] });
    await vi.waitFor(() => expect(matcher.watchListVersion()).toBe(version), { timeout: 10_000 });
    await publish(makePost('1', { text: 'Quillon Ember and Marrow Peak' }));
    await untilThrough();
    expect((await detections()).map((one) => [one.evidence.itemId, one.watchListVersion])).toEqual([
      ['t2', version],
    ]);
  });

  it('tells that an edit or a deletion has been scanned, with what is left in it', async () => {
    await watch({ terms: [{ id: 't1', text: 'Quillon Ember' }] });
    await matcher.start();
    await publish(
      makePost('1', { text: 'Quillon Ember is here' }),
      makePost('1', { text: 'nothing to see', revision: 2, op: 'update' }),
      makePost('1', { revision: 3, op: 'delete' }),
    );
    await untilThrough();
    const scans = (await revisionScans()).filter((scan) => scan.lane === 'text');
    expect(scans.map((scan) => [scan.post.revision, scan.post.op, scan.detectionIds])).toEqual([
      [2, 'update', []],
      [3, 'delete', []],
    ]);
  });

  it('says of a post and of its edits whether they disclose, where the campaign asks for it', async () => {
    await watch({ terms: [{ id: 't1', text: 'Quillon Ember' }], disclosure: { tags: ['#ad'] } });
    await matcher.start();
    await publish(
      makePost('1', { text: 'Quillon Ember is here' }),
      makePost('1', { text: 'Quillon Ember is here #AD', revision: 2, op: 'update' }),
      makePost('1', { text: 'Quillon Ember is here again', revision: 3, op: 'update' }),
    );
    await untilThrough();
    const found = await detections();
    expect(found.map(({ post, disclosed }) => [post.revision, disclosed])).toEqual([
      [1, false],
      [2, true],
      [3, false],
    ]);
    const scans = (await revisionScans()).filter((scan) => scan.lane === 'text');
    expect(scans.map(({ disclosedCampaigns }) => disclosedCampaigns)).toEqual([['launch'], undefined]);
  });

  it('sends a picture that cannot be read to the dead letters; the rest of the post is scanned', async () => {
    const original = await picture(1);
    await watch({ terms: [{ id: 't1', text: 'Quillon Ember' }] });
    await matcher.start();
    await publish(
      makePost('1', {
        text: 'Quillon Ember',
        media: [await pictureMedia(original.subarray(0, 200)), await pictureMedia(original, 1)],
      }),
      makePost('2', { text: 'fine', media: [await pictureMedia(original)] }),
    );
    await untilThrough();
    expect((await detections()).map((one) => one.post.nativeId)).toEqual(['1']);
    const letters = await listDeadLetters(log, store.pool);
    expect(letters).toHaveLength(1);
    expect(letters[0]).toMatchObject({
      stage: 'matcher-image',
      error: { reason: 'truncated' },
      state: 'open',
    });
    expect(letters[0]?.error.message).toMatch(/^media\[0\]: /);
    // The second picture has its fingerprint although the first failed.
    const lanes = (await readTopic('fingerprints')).map(
      (record) => decodeEvent(record, EVENTS.fingerprint).lane,
    );
    expect(lanes.filter((lane) => lane === 'image')).toHaveLength(2);
  });

  it('sends a record that is no post to the dead letters of both lanes', async () => {
    await matcher.start();
    await log.publish([
      { topic: 'posts', key: 'k', value: Buffer.from('{'), headers: { ce_type: EVENTS.post.type } },
    ]);
    await untilThrough();
    const letters = await listDeadLetters(log, store.pool);
    expect(letters.map((letter) => [letter.stage, letter.error.reason]).sort()).toEqual([
      ['matcher-image', 'bad-json'],
      ['matcher-text', 'bad-json'],
    ]);
  });
});
