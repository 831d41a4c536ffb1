import { setTimeout as sleepFor } from 'node:timers/promises';
import { SubmittedPostSchema, WatchListSchema, type SubmittedPost } from '@leakwatch/contracts';
import { UsageError } from '@leakwatch/runtime';
import { compileTextMatcher } from '@leakwatch/text-matching';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createMockSource, type MockSource, type MockSourceOptions } from '../index.ts';
import { MediaError, type SourceItem } from '../sources/source.ts';

const NOON = Date.parse('2026-11-22T12:00:00Z');

/** Never waits: the clock advances by the time that would have been slept. */
function mock(options: Partial<MockSourceOptions> = {}): MockSource {
  let now = NOON;
  return createMockSource({
    seed: 7,
    ratePerSecond: 10,
    clock: () => new Date(now),
    sleep: async (ms) => {
      await Promise.resolve();
      now += ms;
    },
    ...options,
  });
}

async function take(source: MockSource, count: number, checkpoint: string | null = null) {
  const items: SourceItem[] = [];
  for await (const item of source.read(checkpoint, new AbortController().signal)) {
    items.push(item);
    if (items.length === count) break;
  }
  return items;
}

function parse(item: SourceItem): SubmittedPost {
  return SubmittedPostSchema.parse(JSON.parse(item.raw));
}

async function takePosts(source: MockSource, count: number): Promise<SubmittedPost[]> {
  return (await take(source, count)).map(parse);
}

/** All terms that a source has registered. */
function matcherOf(source: MockSource) {
  const { campaigns } = WatchListSchema.parse(source.watchList());
  return compileTextMatcher(
    campaigns.flatMap(({ id, terms }) => terms.map((term) => ({ campaignId: id, term }))),
  ).matcher;
}

/** Campaigns whose embargo has not lifted by the clock of these tests. */
function embargoedCampaigns(source: MockSource): Set<string> {
  const { campaigns } = WatchListSchema.parse(source.watchList());
  return new Set(
    campaigns.flatMap(({ id, embargo }) => (Date.parse(embargo?.liftsAt ?? '') > NOON ? [id] : [])),
  );
}

describe('the posts of a seed', () => {
  it('are the same again, wherever the same options are given', async () => {
    expect(await take(mock(), 500)).toEqual(await take(mock(), 500));
  });

  it('differ only in when they were published, at another time and rate', async () => {
    const later = { clock: () => new Date(NOON + 86_400_000), ratePerSecond: 1000 };
    const first = await takePosts(mock(), 200);
    const second = await takePosts(mock(later), 200);
    expect(second.map(withoutTime)).toEqual(first.map(withoutTime));
    expect(second[0]?.publishedAt).toBe('2026-11-23T12:00:00.000Z');
  });

  it('are other ones than those of another seed', async () => {
    const textsOf = async (seed: number) => (await takePosts(mock({ seed }), 200)).map(({ text }) => text);
    expect(await textsOf(8)).not.toEqual(await textsOf(7));
    expect(mock({ seed: 8 }).watchList()).not.toEqual(mock({ seed: 7 }).watchList());
  });

  it('are named by seed and number, in several languages, by the creators of the watch list', async () => {
    const source = mock();
    const posts = await takePosts(source, 500);
    expect(posts.map(({ id }) => id)).toEqual(posts.map((_, n) => `mock-7-${n}`));
    expect(new Set(posts.map(({ lang }) => lang)).size).toBeGreaterThanOrEqual(5);
    const { creators } = WatchListSchema.parse(source.watchList());
    const idByAccount = new Map(creators.map(({ id, accounts }) => [accounts[0]?.nativeId, id]));
    const authors = posts.map(({ author }) => idByAccount.get(author?.id));
    expect(authors).toEqual(posts.map((_, n) => source.truthOf(n).creatorId));
  });

  it('end with the count', async () => {
    expect(await take(mock({ count: 5 }), Infinity)).toHaveLength(5);
  });
});

function withoutTime(post: SubmittedPost): SubmittedPost {
  return { ...post, publishedAt: undefined };
}

describe('the truth about the posts', () => {
  it.each(['easy', 'all'] as const)('is what is in them, in %s disguises', async (disguises) => {
    const source = mock({ leakShare: 0.3, disguises });
    const matcher = matcherOf(source);
    const embargoed = embargoedCampaigns(source);
    const posts = await takePosts(source, 2000);
    const found = posts.map(({ text = '' }) =>
      matcher
        .match(text)
        .filter(({ campaignId }) => embargoed.has(campaignId))
        .map(({ itemId }) => itemId),
    );
    const planted = posts.map((_, n) => plantedItems(source, n, 'term'));
    expect(found).toEqual(planted);
    expect(planted.flat().length).toBeGreaterThan(300);
  });

  it('knows every leaked picture, and no leak in any other', async () => {
    const source = mock({ leakShare: 0.3, imageShare: 0.5 });
    const { campaigns } = WatchListSchema.parse(source.watchList());
    const posts = await takePosts(source, 1000);
    const embargoed = embargoedCampaigns(source);
    const assets = campaigns.flatMap(({ id, assets }) => (embargoed.has(id) ? assets : []));
    const shown = posts.map(({ media = [] }) =>
      media.flatMap(({ file = '' }) => assets.filter(({ id }) => file.startsWith(`leaked-${id}-`))),
    );
    const planted = posts.map((_, n) => plantedItems(source, n, 'asset'));
    expect(shown.map((items) => items.map(({ id }) => id))).toEqual(planted);
    expect(planted.flat().length).toBeGreaterThan(30);
  });

  it('counts a campaign that has lifted as no leak, though posts mention it', async () => {
    const source = mock({ leakShare: 0.3, imageShare: 0 });
    const matcher = matcherOf(source);
    const embargoed = embargoedCampaigns(source);
    const posts = await takePosts(source, 500);
    const lifted = posts.flatMap(({ text = '' }, n) =>
      matcher.match(text).some(({ campaignId }) => !embargoed.has(campaignId)) ? [n] : [],
    );
    expect(lifted.length).toBeGreaterThan(20);
    expect(lifted.flatMap((n) => source.truthOf(n).leaks)).toEqual([]);
  });

  it('leaves nothing to find where nothing leaks', async () => {
    const source = mock({ leakShare: 0, imageShare: 0 });
    const matcher = matcherOf(source);
    const posts = await takePosts(source, 2000);
    expect(posts.flatMap(({ text = '' }) => matcher.match(text))).toEqual([]);
    expect(posts.flatMap(({ media = [] }) => media)).toEqual([]);
  });

  it('blames creators who are briefed, some of them more than once', () => {
    const source = mock();
    const { campaigns } = WatchListSchema.parse(source.watchList());
    const pairs = Array.from({ length: 5000 }, (_, n) => source.truthOf(n)).flatMap(({ creatorId, leaks }) =>
      leaks.map(({ campaignId }) => ({ creatorId, campaignId })),
    );
    for (const { creatorId, campaignId } of pairs) {
      expect(campaigns.find(({ id }) => id === campaignId)?.creators).toContain(creatorId);
    }
    const incidents = new Set(pairs.map(({ creatorId, campaignId }) => `${creatorId} ${campaignId}`));
    expect(incidents.size).toBeLessThan(pairs.length);
  });

  function plantedItems(source: MockSource, n: number, kind: 'term' | 'asset'): string[] {
    return source.truthOf(n).leaks.flatMap((leak) => (leak.kind === kind ? [leak.itemId] : []));
  }
});

describe('the pace', () => {
  it('is the rate, by the clock', async () => {
    const posts = await takePosts(mock({ ratePerSecond: 4 }), 9);
    const offsets = posts.map(({ publishedAt = '' }) => Date.parse(publishedAt) - NOON);
    expect(offsets).toEqual([0, 250, 500, 750, 1000, 1250, 1500, 1750, 2000]);
  });

  it('makes up for sleeps that take too long', async () => {
    let now = NOON;
    const clock = () => new Date(now);
    const sleep = async (ms: number) => {
      await Promise.resolve();
      now += ms + 40;
    };
    await take(mock({ ratePerSecond: 10, clock, sleep }), 101);
    expect(now - NOON).toBe(10_040);
  });

  it('brings no more than a second’s worth at once after a long pause', async () => {
    let now = NOON;
    let sleeps = 0;
    const sleep = async (ms: number) => {
      await Promise.resolve();
      sleeps += 1;
      now += ms;
    };
    const source = mock({ ratePerSecond: 10, clock: () => new Date(now), sleep });
    const reading = source.read(null, new AbortController().signal)[Symbol.asyncIterator]();
    await reading.next();
    now += 3_600_000;
    for (let n = 0; n < 11; n += 1) await reading.next();
    expect(sleeps).toBe(0);
    await reading.next();
    expect(sleeps).toBe(1);
  });

  it('does not wait for an hour when the clock is put back by one', async () => {
    let now = NOON;
    const slept: number[] = [];
    const sleep = async (ms: number) => {
      await Promise.resolve();
      slept.push(ms);
      now += ms;
    };
    const source = mock({ ratePerSecond: 10, clock: () => new Date(now), sleep });
    const reading = source.read(null, new AbortController().signal)[Symbol.asyncIterator]();
    await reading.next();
    now -= 3_600_000;
    await reading.next();
    await reading.next();
    expect(slept).toEqual([100, 100]);
  });

  it('ends at once when it is aborted while waiting', async () => {
    const stop = new AbortController();
    const source = createMockSource({ seed: 7, ratePerSecond: 0.001 });
    const reading = source.read(null, stop.signal)[Symbol.asyncIterator]();
    await reading.next();
    const second = reading.next();
    await sleepFor(5);
    stop.abort();
    expect(await second).toMatchObject({ done: true });
  });
});

describe('a checkpoint', () => {
  it('goes on with exactly the next post, up to the same count', async () => {
    const all = await take(mock({ count: 300 }), Infinity);
    const before = await take(mock({ count: 300 }), 120);
    const after = await take(mock({ count: 300 }), Infinity, before.at(-1)?.checkpoint ?? null);
    expect([...before, ...after].map(parse).map(withoutTime)).toEqual(all.map(parse).map(withoutTime));
    expect(after).toHaveLength(180);
  });
});

describe('the pictures', () => {
  it('of all assets and of innocent posts look different', async () => {
    const source = mock();
    const files = WatchListSchema.parse(source.watchList()).campaigns.flatMap(({ assets }) => assets);
    const names = [...files.map(({ file }) => file), 'innocent-1.jpg', 'innocent-2.jpg', 'innocent-64.jpg'];
    const looks = await Promise.all(names.map(async (name) => lookOf(await source.openMedia(name))));
    for (const [index, look] of looks.entries()) {
      for (const other of looks.slice(index + 1)) expect(likeness(look, other)).toBeLessThan(0.7);
    }
  });

  it('that leak look like their asset, though they are other bytes', async () => {
    const source = mock();
    const asset = await source.openMedia('asset-1-1.jpg');
    for (const variant of [1, 2, 3]) {
      const leaked = await source.openMedia(`leaked-asset-1-1-${variant}.jpg`);
      expect(Buffer.from(leaked).equals(asset)).toBe(false);
      expect(likeness(await lookOf(leaked), await lookOf(asset))).toBeGreaterThan(0.95);
    }
  });

  it('can all be had, and are the same again', async () => {
    const posts = await takePosts(mock({ imageShare: 1, leakShare: 0.5 }), 8);
    const files = posts.flatMap(({ media = [] }) => media.flatMap(({ file }) => file ?? []));
    expect(files).toHaveLength(8);
    const [first, second] = [mock(), mock()];
    for (const file of files) expect(await first.openMedia(file)).toEqual(await second.openMedia(file));
  });

  it('are missing by any other name', async () => {
    const error: unknown = await mock()
      .openMedia('innocent-65.jpg')
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MediaError);
    expect(error).toMatchObject({
      reason: 'missing-media',
      message: '`innocent-65.jpg` is not a picture of the mock source with seed 7',
    });
  });

  /** A miniature of 16 × 16 grey levels. */
  async function lookOf(jpeg: Uint8Array): Promise<Uint8Array> {
    return sharp(jpeg).greyscale().resize(16, 16, { fit: 'fill' }).raw().toBuffer();
  }

  /** Pearson's correlation of two miniatures: 1 for the same picture in any light, about 0 for unrelated ones. */
  function likeness(a: Uint8Array, b: Uint8Array): number {
    const [x, y] = [centred(a), centred(b)];
    const product = (one: readonly number[], other: readonly number[]) =>
      one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
    return product(x, y) / Math.sqrt(product(x, x) * product(y, y));
  }

  function centred(levels: Uint8Array): number[] {
    const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
    return Array.from(levels, (level) => level - mean);
  }
});

it('refuses options that make no sense', () => {
  expect(() => mock({ ratePerSecond: 0 })).toThrow(UsageError);
  expect(() => mock({ leakShare: 1.5 })).toThrow(/leakShare/);
});
