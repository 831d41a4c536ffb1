import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHosts } from '../sources/polling/hosts.ts';
import { createHttpGetter } from '../sources/polling/http-get.ts';
import { PLENTY } from './support/poll-target.ts';
import { answer, rss, serve, startFeedServer, type FeedServer } from './support/feed-server.ts';

let own: FeedServer;
let other: FeedServer;
beforeAll(async () => {
  own = await startFeedServer();
  other = await startFeedServer();
  for (const server of [own, other]) server.paths.set('/feed', serve(rss(['1', 'x'])));
  own.paths.set('/elsewhere', answer(302, { location: `${other.url}/feed` }));
});
afterAll(async () => {
  await own.close();
  await other.close();
});

describe('a server of our own on a private address', () => {
  const fetchOnce = async (url: string) => {
    const { host } = new URL(own.url);
    const limits = { timeoutMs: 5_000, maxBytes: 10_000, allowPrivateAddresses: false, ownHost: host };
    const http = createHttpGetter(
      limits,
      createHosts(() => new Date(), PLENTY),
    );
    const fetched = await http.get(url, {}, new AbortController().signal);
    await http.close();
    return fetched.kind === 'failed' ? fetched.problem : fetched.kind;
  };

  it('is asked', async () => {
    expect(await fetchOnce(`${own.url}/feed`)).toBe('document');
  });

  it.each([
    ['another port of its address', () => `${other.url}/feed`],
    ['its port under another name', () => own.url.replace('127.0.0.1', 'localhost')],
    ['a redirect of it to another port', () => `${own.url}/elsewhere`],
  ])('opens no way to %s', async (_what, url) => {
    expect(await fetchOnce(url())).toMatch(/public address/);
    expect(other.requests).toEqual([]);
  });
});
