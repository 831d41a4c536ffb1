/** A host that misbehaves in each way that hosts are known for, seen through the connectors of accounts on it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Account } from '@leakwatch/contracts';
import { type PollOutcome } from '../queries/account-polls.ts';
import { createBlueskyConnector } from '../sources/bluesky/bluesky-connector.ts';
import { createFeedConnector } from '../sources/feeds/feed-connector.ts';
import { createMastodonConnector } from '../sources/mastodon/mastodon-connector.ts';
import { createCredentials } from '../sources/polling/credentials.ts';
import { createHosts } from '../sources/polling/hosts.ts';
import { createHttpGetter } from '../sources/polling/http-get.ts';
import { pollAccount } from '../sources/polling/poll-account.ts';
import { answer, rss, serve, startFeedServer, type FeedServer, type Handler } from './support/feed-server.ts';
import { startMastodonServer, status, type MastodonServer } from './support/mastodon-server.ts';
import { PLENTY, targetOf } from './support/poll-target.ts';

const MINUTE_MS = 60_000;
const DID = 'did:plc:ana234567';
const INTERVAL_MS = MINUTE_MS;

let server: FeedServer;
let now: Date;
beforeEach(async () => {
  server = await startFeedServer();
  now = new Date();
});
afterEach(() => server.close());

/** Accounts of one process: what one of them learns of a host holds for all. */
function startPolls(budget = PLENTY) {
  const hosts = createHosts(() => now, budget);
  const limits = { timeoutMs: 1_000, maxBytes: 200_000, allowPrivateAddresses: true };
  const http = () => createHttpGetter(limits, hosts);
  const connectors = {
    feed: createFeedConnector(http(), INTERVAL_MS),
    mastodon: createMastodonConnector(
      http(),
      createCredentials(null, () => undefined),
      { intervalMs: INTERVAL_MS, limits },
    ),
    bluesky: createBlueskyConnector(
      http(),
      { resolver: server.url, plc: server.url },
      { intervalMs: INTERVAL_MS, jetstream: null, limits },
    ),
  };
  return (platform: keyof typeof connectors, account: Partial<Account>) => {
    let earlier: Partial<PollOutcome> = {};
    return async () => {
      const target = targetOf({ ...account, platform }, earlier);
      const signal = new AbortController().signal;
      const polled = await pollAccount(connectors[platform], target, () => now, signal);
      earlier = polled.outcome;
      return polled;
    };
  };
}

/** How long the host is left alone by all its accounts after an answer to one. */
async function restAfter(handler: Handler): Promise<number> {
  server.paths.set('/odd', handler);
  server.paths.set('/other', serve(rss(['1', 'x'])));
  const polls = startPolls();
  await polls('feed', { handle: `${server.url}/odd` })();
  const { outcome } = await polls('feed', { handle: `${server.url}/other` })();
  return outcome.state === 'ok' ? 0 : outcome.waitMs;
}

describe('a host that is asked too often', () => {
  it.each([
    ['429 without a word', answer(429), MINUTE_MS],
    ['429 with Retry-After', answer(429, { 'retry-after': '600' }), 10 * MINUTE_MS],
    [
      '400 that says so',
      says(400, '{"error":"RateLimitExceeded","message":"Rate Limit Exceeded"}'),
      MINUTE_MS,
    ],
    ['403 that says so', says(403, '{"error":"Too many requests"}'), MINUTE_MS],
    ['400 with Retry-After', answer(400, { 'retry-after': '600' }), 10 * MINUTE_MS],
    [
      '403 with a used-up limit',
      answer(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '600' }),
      10 * MINUTE_MS,
    ],
  ])('and answers %s is left alone by all its accounts', async (_what, handler, ms) => {
    expect(await restAfter(handler)).toBeGreaterThanOrEqual(ms * 0.9);
  });

  it.each([
    ['a request that it does not understand', answer(400)],
    ['an account that it does not show', answer(403)],
    ['an account that is gone, on a page about rate limits', says(404, 'Gone. See our rate limits.')],
  ])('is told from one that refuses %s', async (_what, handler) => {
    expect(await restAfter(handler)).toBe(0);
  });

  it('is no sign that an account or a post of Bluesky is gone', async () => {
    const record = (rkey: string) => ({
      uri: `at://${DID}/app.bsky.feed.post/${rkey}`,
      cid: rkey,
      value: { $type: 'app.bsky.feed.post', text: rkey, createdAt: '2026-11-20T10:00:00Z' },
    });
    const list = (...records: object[]) => says(200, JSON.stringify({ records }));
    const throttled = says(400, '{"error":"RateLimitExceeded"}');
    server.paths.set(
      `/${DID}`,
      says(
        200,
        JSON.stringify({
          id: DID,
          alsoKnownAs: [],
          service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: server.url }],
        }),
      ),
    );
    let listing = list(record('3m4baaaaaaa2a'), record('3m4aaaaaaaa2a'));
    server.fallback = (request, response) => {
      const isList = (request.url ?? '').includes('listRecords');
      (isList ? listing : throttled)(request, response);
    };
    const poll = startPolls()('bluesky', { nativeId: DID });
    expect((await poll()).posts).toHaveLength(2);
    listing = list(record('3m4aaaaaaaa2a'));
    expect((await poll()).posts).toEqual([]);
    now = new Date(now.getTime() + 2 * MINUTE_MS);
    listing = throttled;
    expect((await poll()).outcome).toMatchObject({
      state: 'failing',
      problem: 'the host answered 400: it is asked too often',
    });
  });
});

it('an account whose host has no budget left is not looked up again when its turn comes', async () => {
  const instance = await startMastodonServer();
  instance.statuses = [status('1', 'first')];
  const poll = startPolls({ perMinute: 1, burst: 1 })('mastodon', { handle: 'ana', instance: instance.url });
  expect((await poll()).outcome.state).toBe(null);
  now = new Date(now.getTime() + MINUTE_MS);
  expect((await poll()).posts).toMatchObject([{ text: 'first' }]);
  await instance.close();
});

describe('a host whose clock is ten minutes off', () => {
  it.each([-10, 10])('%s: dates of its headers are read by it', async (minutes) => {
    const theirs = Date.now() + minutes * MINUTE_MS;
    const date = new Date(theirs).toUTCString();
    const until = new Date(theirs + 5 * MINUTE_MS);
    for (const headers of [
      { date, 'retry-after': until.toUTCString() },
      { date, 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': until.toISOString() },
      { date, 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.floor(until.getTime() / 1000)) },
    ]) {
      const ms = await restAfter(answer(429, headers));
      // The wait asked for, and up to two minutes at random.
      expect(ms).toBeGreaterThan(4 * MINUTE_MS);
      expect(ms).toBeLessThan(8 * MINUTE_MS);
    }
  });

  it('gives posts of the future, which are heard and say nothing of when the account posts', async () => {
    const ahead = new Date(now.getTime() + 10 * MINUTE_MS).toUTCString();
    const item = `<item><guid>1</guid><description>soon</description><pubDate>${ahead}</pubDate></item>`;
    server.paths.set('/ahead', serve(`<rss version="2.0"><channel><title>x</title>${item}</channel></rss>`));
    const { posts, outcome } = await startPolls()('feed', { handle: `${server.url}/ahead` })();
    expect(posts).toMatchObject([{ text: 'soon' }]);
    expect(outcome).toMatchObject({ state: 'ok', postedAt: null });
  });
});

describe('a host that fails for an hour', () => {
  it.each([500, 502, 503])('with %s is asked seldom, and nothing of it is lost', async (status) => {
    server.paths.set('/feed', serve(rss(['1', 'first'])));
    const poll = startPolls()('feed', { handle: `${server.url}/feed` });
    await poll();
    server.paths.set('/feed', answer(status));
    const asked = server.requests.length;
    const until = now.getTime() + 60 * MINUTE_MS;
    let failures = 0;
    while (now.getTime() < until) {
      const { outcome } = await poll();
      expect(outcome.state).toBe('failing');
      failures += 1;
      expect(outcome.failures).toBe(failures);
      // The shortest that its random wait may be.
      now = new Date(now.getTime() + Math.max(INTERVAL_MS, outcome.waitMs * 0.1));
    }
    expect(server.requests.length - asked).toBeLessThanOrEqual(60);
    server.paths.set('/feed', serve(rss(['3', 'third'], ['2', 'second'], ['1', 'first'])));
    now = new Date(now.getTime() + MINUTE_MS);
    const { posts, outcome } = await poll();
    expect(posts.map(({ text }) => text)).toEqual(['first', 'second', 'third']);
    expect(outcome).toMatchObject({ state: 'ok', failures: 0 });
  });
});

describe('a host that is away for a day', () => {
  const DAY_MS = 24 * 60 * MINUTE_MS;
  const posts = (count: number) =>
    Array.from({ length: count }, (_, n) => status(`${count - n}`, `post ${count - n}`));
  let instance: MastodonServer;
  beforeEach(async () => {
    instance = await startMastodonServer();
  });
  afterEach(() => instance.close());

  /** An account that was heard once, before its host went away, and is polled in vain for a day. */
  async function awayForADay() {
    instance.statuses = posts(1);
    const poll = startPolls()('mastodon', { handle: 'ana', instance: instance.url });
    await poll();
    const { fallback } = instance.server;
    instance.server.fallback = (request) => void request.socket.destroy();
    const until = now.getTime() + DAY_MS;
    const asked = instance.server.requests.length;
    while (now.getTime() < until) {
      const { outcome } = await poll();
      expect(outcome).toMatchObject({ state: 'failing' });
      now = new Date(now.getTime() + outcome.waitMs);
    }
    expect(instance.server.requests.length - asked).toBeLessThan(300);
    instance.server.fallback = fallback;
    return poll;
  }

  it('brings each post that it still has once, the oldest first', async () => {
    const poll = await awayForADay();
    instance.statuses = posts(151);
    const ids = (await poll()).posts.map(({ id }) => Number(id.split('/').at(-1)));
    expect(ids).toEqual(Array.from({ length: 150 }, (_, n) => n + 2));
    expect((await poll()).posts).toEqual([]);
  });

  it('has what is lost for good told: posts beyond those that are read at once, and an account that was deleted', async () => {
    const poll = await awayForADay();
    instance.statuses = posts(600);
    const { posts: heard, outcome } = await poll();
    expect(heard).toHaveLength(400);
    expect(outcome).toMatchObject({
      state: 'ok',
      problem: 'more posts since the last poll than are read at once',
    });
    instance.named = null;
    instance.server.paths.set('/api/v1/accounts/109/statuses?limit=40', answer(404));
    expect((await poll()).outcome).toMatchObject({ state: 'gone', problem: 'the account is gone' });
  });
});

describe('a body that comes slowly', () => {
  const drip: Handler = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(timer));
  };

  it.each([
    ['feed', { handle: '/drip' }],
    ['mastodon', { handle: 'ana', nativeId: '1' }],
    ['bluesky', { nativeId: DID }],
  ] as const)('is given up on %s, however often a byte comes', async (platform, account) => {
    server.fallback = drip;
    const place =
      platform === 'feed' ? { handle: `${server.url}/drip` } : { ...account, instance: server.url };
    const { outcome } = await startPolls()(platform, place)();
    expect(outcome).toMatchObject({ state: 'failing', problem: 'no whole answer within 1000 ms' });
  });

  it('of a refusal is not waited for where the status says all', async () => {
    server.paths.set('/gone', (_request, response) => void response.writeHead(410).write('x'));
    const { outcome } = await startPolls()('feed', { handle: `${server.url}/gone` })();
    expect(outcome.state).toBe('gone');
  });
});

function says(status: number, text: string): Handler {
  return (_request, response) => response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}
