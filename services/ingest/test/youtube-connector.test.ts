import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Account } from '@leakwatch/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PollOutcome } from '../queries/account-polls.ts';
import { createCredentials } from '../sources/polling/credentials.ts';
import { createHosts } from '../sources/polling/hosts.ts';
import { createHttpGetter } from '../sources/polling/http-get.ts';
import { pollAccount } from '../sources/polling/poll-account.ts';
import { channelNameOf } from '../sources/youtube/channel-name.ts';
import { createDailyQuota } from '../sources/youtube/daily-quota.ts';
import { createYoutubeConnector } from '../sources/youtube/youtube-connector.ts';
import { startFeedServer, type FeedServer } from './support/feed-server.ts';
import { PLENTY, targetOf } from './support/poll-target.ts';

const CHANNEL = 'UCabcdefghijklmnopqrstuv';
const KEY = 'AIza-test-key';

interface TestVideo {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
}

/** The Data API with one channel, in the forms that its reference documents; the newest upload first. */
let server: FeedServer;
let videos: TestVideo[];
/** Uploads that the list does not show, though they are there. */
let unlisted: TestVideo[];
let handle: string;
let isOpen: boolean;
let status: number;
let calls: string[];
let folder: string;
let now: Date;
let refusals: number;
beforeEach(async () => {
  server = await startFeedServer();
  [videos, unlisted, calls] = [[], [], []];
  [handle, isOpen, status, refusals] = ['@ana', true, 200, 0];
  now = new Date('2026-11-20T12:00:00Z');
  folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-credentials-'));
  await writeFile(path.join(folder, `youtube@${new URL(server.url).host}`), `${KEY}\n`);
  server.fallback = (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', server.url);
    calls.push(pathname.slice('/youtube/v3/'.length));
    const json = (value: unknown, code = 200) =>
      response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (status !== 200) json({ error: { code: status } }, status);
    else if (request.headers['x-goog-api-key'] !== KEY) json({ error: { code: 400 } }, 400);
    else if (pathname === '/youtube/v3/channels') {
      const isNamed = searchParams.get('id') === CHANNEL || searchParams.get('forHandle') === handle;
      json(isOpen && isNamed ? { items: [channel()] } : {});
    } else if (pathname === '/youtube/v3/playlistItems') {
      if (!isOpen || videos.length === 0) json({ error: { code: 404 } }, 404);
      else {
        const from = Number(searchParams.get('pageToken') ?? '0');
        const next = from + 50 < videos.length ? { nextPageToken: String(from + 50) } : {};
        json({ items: videos.slice(from, from + 50).map(uploadOf), ...next });
      }
    } else {
      const ids = searchParams.get('id')?.split(',') ?? [];
      json({ items: [...videos, ...unlisted].filter(({ id }) => ids.includes(id)).map(entryOf) });
    }
  };
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const channel = () => ({
  id: CHANNEL,
  snippet: { title: 'Ana', customUrl: handle },
  contentDetails: { relatedPlaylists: { uploads: 'UUabcdefghijklmnopqrstuv' } },
});
const timeOf = (id: string) => new Date(Date.UTC(2026, 10, 1) + Number(id) * 60_000).toISOString();
const snippetOf = ({ id, title, description = '' }: TestVideo) => ({
  title,
  description,
  publishedAt: timeOf(id),
  thumbnails: {
    default: { url: `https://i.ytimg.example/${id}/default.jpg`, width: 120 },
    maxres: { url: `https://i.ytimg.example/${id}/maxres.jpg`, width: 1280 },
  },
});
const uploadOf = (video: TestVideo) => ({
  snippet: { ...snippetOf(video), resourceId: { videoId: video.id } },
  contentDetails: { videoPublishedAt: timeOf(video.id) },
});
const entryOf = (video: TestVideo) => ({
  id: video.id,
  snippet: { ...snippetOf(video), tags: ['early look'], defaultAudioLanguage: 'en' },
});

function startPolling(named: Account = { platform: 'youtube', handle: '@ana' }, unitsPerDay = 9000) {
  const limits = { timeoutMs: 1_000, maxBytes: 200_000, allowPrivateAddresses: true };
  const connector = createYoutubeConnector(
    createHttpGetter(
      limits,
      createHosts(() => now, PLENTY),
    ),
    createCredentials(folder, () => (refusals += 1)),
    { api: server.url, takeUnits: createDailyQuota(() => now, unitsPerDay), intervalMs: 600_000 },
  );
  let earlier: Partial<PollOutcome> = {};
  return async () => {
    const polled = await pollAccount(
      connector,
      targetOf(named, earlier),
      () => now,
      new AbortController().signal,
    );
    earlier = polled.outcome;
    return polled;
  };
}

describe('a channel on YouTube', () => {
  it('brings its videos once, the oldest first, with title, description, tags and thumbnail', async () => {
    videos = [
      { id: '2', title: 'Unboxing', description: 'see https://shop.example/x' },
      { id: '1', title: 'Hello' },
    ];
    const poll = startPolling();
    const { posts, outcome } = await poll();
    expect(posts.map(({ id }) => id)).toEqual(['1', '2']);
    expect(posts[1]).toMatchObject({
      platform: 'youtube',
      instance: 'youtube',
      type: 'video',
      author: { id: CHANNEL, handle: '@ana', displayName: 'Ana' },
      url: 'https://www.youtube.com/watch?v=2',
      title: 'Unboxing',
      text: 'see https://shop.example/x',
      tags: ['early look'],
      lang: 'en',
      media: [{ url: 'https://i.ytimg.example/2/maxres.jpg' }],
      publishedAt: timeOf('2'),
    });
    expect(outcome).toMatchObject({ state: 'ok', problem: null });
    calls = [];
    expect(await poll()).toMatchObject({ posts: [], outcome: { state: 'ok' } });
    expect(calls).toEqual(['playlistItems']);
  });

  it('tells edits and deletions, and no video for deleted that is only missing from the list', async () => {
    videos = ['4', '3', '2', '1'].map((id) => ({ id, title: `video ${id}` }));
    const poll = startPolling();
    await poll();
    unlisted = videos.filter(({ id }) => id === '3');
    videos = videos
      .filter(({ id }) => id !== '2' && id !== '3')
      .map((video) => (video.id === '1' ? { ...video, description: 'Quillon Ember' } : video));
    expect((await poll()).posts).toMatchObject([
      { id: '1', text: 'Quillon Ember' },
      { id: '2', op: 'delete', author: { id: CHANNEL } },
    ]);
    expect((await poll()).posts).toEqual([]);
  });

  it('fills a gap of several pages', async () => {
    videos = [{ id: '1', title: 'first' }];
    const poll = startPolling();
    await poll();
    videos = Array.from({ length: 120 }, (_, i) => ({ id: String(120 - i), title: `video ${120 - i}` }));
    const { posts } = await poll();
    expect(posts).toHaveLength(120);
    expect(new Set(posts.map(({ id }) => id)).size).toBe(120);
  });

  it('without a video yet is heard, and its first one is found', async () => {
    const poll = startPolling();
    expect((await poll()).outcome).toMatchObject({ state: 'ok' });
    videos = [{ id: '1', title: 'first' }];
    expect((await poll()).posts).toMatchObject([{ id: '1' }]);
  });

  it('is told when it is closed, and when its handle changed', async () => {
    videos = [{ id: '1', title: 'first' }];
    const poll = startPolling();
    await poll();
    isOpen = false;
    expect((await poll()).outcome).toMatchObject({ state: 'gone' });
    isOpen = true;
    handle = '@ana.films';
    const { outcome } = await startPolling({ platform: 'youtube', handle: '@Ana', nativeId: CHANNEL })();
    expect(outcome.state).toBe('ok');
    expect(outcome.problem).toContain('@ana.films now');
  });

  it('waits for midnight in California once the units of the day are used up', async () => {
    videos = [{ id: '1', title: 'first' }];
    const poll = startPolling(undefined, 3);
    await poll();
    calls = [];
    const { outcome, posts } = await poll();
    expect(posts).toEqual([]);
    expect(calls).toEqual([]);
    // Unchanged.
    expect(outcome.state).toBeNull();
    now = new Date('2026-11-21T08:00:01Z');
    videos.unshift({ id: '2', title: 'second' });
    expect((await poll()).posts).toMatchObject([{ id: '2' }]);
  });

  it.each([
    [400, 'it is wrong or was deleted'],
    [403, 'the daily quota of the key'],
  ])('says what to put right when Google answers %i, and tells once', async (code, why) => {
    const poll = startPolling();
    status = code;
    const { outcome } = await poll();
    expect(outcome.state).toBe('refused');
    expect(outcome.problem).toContain(why);
    expect(outcome.problem).not.toContain(KEY);
    await poll();
    expect(refusals).toBe(1);
  });

  it('says which file it wants where there is no key', async () => {
    await rm(path.join(folder, `youtube@${new URL(server.url).host}`));
    const { outcome } = await startPolling()();
    expect(outcome.state).toBe('refused');
    expect(outcome.problem).toContain('wants an API key');
    expect(calls).toEqual([]);
  });
});

it.each([
  ['@ana', { kind: 'handle', handle: '@ana' }],
  ['ana', { kind: 'handle', handle: '@ana' }],
  ['@안녕', { kind: 'handle', handle: '@안녕' }],
  [CHANNEL, { kind: 'id', id: CHANNEL }],
  [`https://www.youtube.com/channel/${CHANNEL}/videos`, { kind: 'id', id: CHANNEL }],
  ['https://youtube.com/@ana?si=1', { kind: 'handle', handle: '@ana' }],
  ['https://www.youtube.com/@%EC%95%88', { kind: 'handle', handle: '@안' }],
  ['https://www.youtube.com/c/ana', null],
  ['https://youtube.com.evil.example/@ana', null],
  ['https://www.youtube.com/@%E0%A4%A', null],
  ['ana&id=x', null],
])('a channel named %s is asked for as %j', (name, expected) => {
  expect(channelNameOf({ platform: 'youtube', handle: name })).toEqual(expected);
});

it('the day of the quota is that of California, whatever the zone of the machine', () => {
  let at = new Date('2026-11-21T07:59:00Z');
  const take = createDailyQuota(() => at, 2);
  expect(take(2)).toBeNull();
  expect(take(1)).toBe(60_000);
  at = new Date('2026-11-21T08:00:00Z');
  expect(take(1)).toBeNull();
});
