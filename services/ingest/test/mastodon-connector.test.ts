import { type ServerResponse } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Account } from '@leakwatch/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressOf } from '../sources/mastodon/account-address.ts';
import { createMastodonConnector } from '../sources/mastodon/mastodon-connector.ts';
import { createCredentials } from '../sources/polling/credentials.ts';
import { createHosts } from '../sources/polling/hosts.ts';
import { createHttpGetter } from '../sources/polling/http-get.ts';
import { startMastodonServer, status, statusUri, type MastodonServer } from './support/mastodon-server.ts';
import { PLENTY, startPollingOf } from './support/poll-target.ts';

let instance: MastodonServer;
let folder: string;
let refusals: number;
let now: Date;
let budget: { perMinute: number; burst: number };
beforeEach(async () => {
  instance = await startMastodonServer();
  folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-credentials-'));
  refusals = 0;
  now = new Date('2026-11-20T12:00:00Z');
  budget = PLENTY;
});
afterEach(async () => {
  await instance.close();
  await rm(folder, { recursive: true });
});

/** Polls the account again and again: each call goes on from the one before. */
function startPolling(named: Account = { platform: 'mastodon', handle: 'ana', instance: instance.url }) {
  const limits = { timeoutMs: 1_000, maxBytes: 200_000, allowPrivateAddresses: true };
  const credentials = createCredentials(folder, () => (refusals += 1));
  const connector = createMastodonConnector(
    createHttpGetter(
      limits,
      createHosts(() => now, budget),
    ),
    credentials,
    { intervalMs: 60_000, limits },
  );
  return startPollingOf(connector, named, () => now);
}

const textsOf = ({ posts }: { posts: readonly { text?: string | undefined }[] }) =>
  posts.map(({ text }) => text);

describe('an account on Mastodon', () => {
  it('is found by its handle, and its posts come once, the oldest first', async () => {
    instance.statuses = [status('2', 'second'), status('1', 'first')];
    const poll = startPolling();
    const { posts, outcome } = await poll();
    expect(posts.map(({ id, text }) => [id, text])).toEqual([
      [statusUri('1'), 'first'],
      [statusUri('2'), 'second'],
    ]);
    expect(posts[0]).toMatchObject({
      platform: 'mastodon',
      instance: instance.url,
      author: { id: '109', handle: 'ana', displayName: 'Ana' },
      url: 'https://social.example/@ana/1',
      publishedAt: '2026-11-01T00:01:00.000Z',
    });
    expect(outcome).toMatchObject({ state: 'ok', failures: 0, problem: null });
    expect(await poll()).toMatchObject({ posts: [], outcome: { state: 'ok' } });
    const lookUps = instance.server.requests.filter((request) => request.path.includes('lookup'));
    expect(lookUps).toHaveLength(1);
  });

  it('brings every text and medium of a post: warning, poll, card, tags, links, alt text, video with its thumbnail', async () => {
    instance.statuses = [
      status('7', 'look <a href="https://shop.example/x"><span class="invisible">https://</span>shop</a>', {
        spoiler_text: 'not yet public',
        poll: { options: [{ title: 'Quillon' }, { title: 'Ember' }] },
        card: { url: 'https://shop.example/x', title: 'A shop', description: 'of things', image: null },
        tags: [{ name: 'early', url: 'https://social.example/tags/early' }],
        media_attachments: [
          { type: 'image', url: 'https://cdn.example/1', preview_url: null, description: 'a box on a table' },
          { type: 'video', url: 'https://cdn.example/2', preview_url: 'https://cdn.example/2.png' },
          { type: 'image', url: 'javascript:alert(1)' },
        ],
      }),
    ];
    const { posts } = await startPolling()();
    expect(posts[0]).toMatchObject({
      text: 'look https://shop',
      contentWarning: 'not yet public',
      poll: { options: ['Quillon', 'Ember'] },
      linkCard: { url: 'https://shop.example/x', title: 'A shop', description: 'of things' },
      tags: ['early'],
      links: ['https://shop.example/x'],
      media: [
        { url: 'https://cdn.example/1', mime: 'image/unknown', alt: 'a box on a table' },
        { url: 'https://cdn.example/2', mime: 'video/mp4' },
        { url: 'https://cdn.example/2.png', mime: 'image/unknown' },
      ],
    });
  });

  it('brings boosts and quotes with the other’s text and pictures', async () => {
    const other = status('900', 'the whole box', {
      url: 'https://far.example/@ben/900',
      spoiler_text: 'psst',
      media_attachments: [{ type: 'image', url: 'https://cdn.example/box.png' }],
    });
    instance.statuses = [
      status('9', 'the whole box', { reblog: other }),
      status('8', 'see this', { quote: { state: 'accepted', quoted_status: other } }),
      status('7', 'and this', { quote: other }),
      status('6', 'a quote in no known form', { quote: { state: 7, quoted_status: 'x' } }),
    ];
    const { posts } = await startPolling()();
    const quoteOf = { url: 'https://far.example/@ben/900', text: 'psst\nthe whole box' };
    const media = [{ url: 'https://cdn.example/box.png', mime: 'image/unknown' }];
    expect(posts.toReversed()).toMatchObject([
      { id: statusUri('9'), text: '', repostOf: 'https://far.example/@ben/900', quoteOf, media },
      { id: statusUri('8'), text: 'see this', quoteOf, media },
      { id: statusUri('7'), text: 'and this', quoteOf, media },
      { id: statusUri('6'), text: 'a quote in no known form' },
    ]);
  });

  it('tells edits and vanished posts, and takes a vanished one for deleted only if its instance says so', async () => {
    instance.statuses = ['5', '4', '3', '2', '1'].map((id) => status(id, `post ${id}`));
    const poll = startPolling();
    await poll();
    instance.statuses = instance.statuses
      .filter(({ id }) => id !== '2')
      .map((one) =>
        one.id === '4' ? status('4', 'post 4, edited', { edited_at: '2026-11-02T00:00:00.000Z' }) : one,
      );
    const { posts } = await poll();
    expect(posts).toMatchObject([
      { id: statusUri('4'), text: 'post 4, edited', editedAt: '2026-11-02T00:00:00.000Z' },
      { id: statusUri('2'), op: 'delete', author: { id: '109', handle: 'ana' } },
    ]);
    expect(await poll()).toMatchObject({ posts: [] });
  });

  it('tells a vanished post from another of the same second, as servers with whole seconds give', async () => {
    const parts = { created_at: '2026-11-01T00:00:00.000Z' };
    instance.statuses = [status('3', 'c', parts), status('2', 'b', parts), status('1', 'a', parts)];
    const poll = startPolling();
    await poll();
    instance.statuses = instance.statuses.filter(({ id }) => id !== '2');
    expect((await poll()).posts).toMatchObject([{ id: statusUri('2'), op: 'delete' }]);
  });

  it('goes by the public list where single posts are shown to members only', async () => {
    instance.hidesSingle = true;
    instance.statuses = ['3', '2', '1'].map((id) => status(id, `post ${id}`));
    const poll = startPolling();
    await poll();
    instance.statuses = instance.statuses.filter(({ id }) => id !== '2');
    expect((await poll()).posts).toMatchObject([{ id: statusUri('2'), op: 'delete' }]);
  });

  it('has not changed its name where its server writes the host behind it', async () => {
    const account = { id: '109', acct: 'ana@social.example', display_name: 'Ana', url: null };
    instance.statuses = [status('1', 'x', { account })];
    expect((await startPolling()()).outcome.problem).toBeNull();
  });

  it('fills a gap of several pages by overlap, and misses nothing', async () => {
    instance.statuses = [status('1', 'before')];
    const poll = startPolling();
    await poll();
    instance.statuses = Array.from({ length: 130 }, (_, index) => status(String(130 - index), 'x'));
    const { posts } = await poll();
    expect(posts.map(({ id }) => id)).toEqual(
      Array.from({ length: 130 }, (_, index) => statusUri(String(index + 1))),
    );
  });

  it('keeps apart a boost and what it boosts, where a server gives both one address', async () => {
    const own = status('1', 'mine');
    instance.statuses = [status('2', '', { uri: own['uri'], reblog: own }), own];
    expect((await startPolling()()).posts.map(({ id }) => id)).toEqual([statusUri('1'), '2']);
  });

  it('ends on a server that gives the same page whatever is asked', async () => {
    const poll = startPolling();
    instance.statuses = [status('1', 'x')];
    await poll();
    const page = (response: ServerResponse) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify([status('900', 'y'), status('899', 'z')]));
    instance.instead.push(page, page, page);
    expect(textsOf(await poll())).toEqual(['z', 'y']);
    expect(instance.instead).toHaveLength(1);
  });
});

describe('an account whose handle changes', () => {
  it('stays the same by its id, and its new name is told', async () => {
    instance.statuses = [status('1', 'first')];
    const poll = startPolling();
    await poll();
    instance.named = null;
    const account = { id: '109', acct: 'ana_moved', display_name: 'Ana', url: null };
    instance.statuses = [status('2', 'second', { account }), status('1', 'first', { account })];
    const { posts, outcome } = await poll();
    expect(posts).toMatchObject([{ text: 'second', author: { id: '109', handle: 'ana' } }]);
    expect(outcome.state).toBe('ok');
    expect(outcome.problem).toMatch(/called @ana_moved now/);
  });

  it('is gone if another has the handle now; the other is not heard in its place', async () => {
    const poll = startPolling();
    await poll();
    instance.server.paths.set('/api/v1/accounts/109/statuses?limit=40', (_request, response) =>
      response.writeHead(404).end(),
    );
    instance.named = '222';
    const { outcome } = await poll();
    expect(outcome.state).toBe('gone');
    expect(outcome.problem).toMatch(/109 is gone.*another/);
  });

  it('is found by its native id, too', async () => {
    instance.statuses = [status('1', 'x')];
    const poll = startPolling({ platform: 'mastodon', nativeId: '109', instance: instance.url });
    expect((await poll()).posts).toMatchObject([{ text: 'x', author: { id: '109', handle: 'ana' } }]);
    expect(instance.server.requests.filter((request) => request.path.includes('lookup'))).toEqual([]);
  });

  it.each([{ handle: 'ana' }, { handle: 'ana', instance: 'ftp://x' }, { nativeId: '109' }])(
    'needs an instance: %j has none',
    async (account) => {
      const { outcome } = await startPolling({ platform: 'mastodon', ...account })();
      expect(outcome).toMatchObject({
        state: 'failing',
        problem: 'name its instance in the watch list: `instance: social.example`',
      });
    },
  );

  it.each([
    [{ handle: '@ana@social.example' }, 'https://social.example'],
    [{ handle: 'ana', instance: 'social.example' }, 'https://social.example'],
    [{ handle: 'ana', instance: 'http://social.example:8080' }, 'http://social.example:8080'],
  ])('is written as %j', (account, origin) => {
    expect(addressOf({ platform: 'mastodon', ...account })).toMatchObject({ origin, user: 'ana' });
  });
});

describe('an instance that wants a token', () => {
  it('is named with the file that the token belongs into; a wrong one is told once', async () => {
    instance.token = 'right';
    instance.statuses = [status('1', 'x')];
    const poll = startPolling();
    const file = path.join(folder, `mastodon@${new URL(instance.url).host}`);
    expect((await poll()).outcome).toMatchObject({
      state: 'refused',
      problem: `the instance answered 401: it wants a token in ${file}`,
    });
    await writeFile(file, 'wrong\n');
    const { outcome } = await poll();
    expect(outcome.problem).toBe(
      `the instance answered 401: the token in ${file} is wrong or expired; make a new one`,
    );
    await poll();
    expect(refusals).toBe(1);
    await writeFile(file, 'right\n');
    expect(await poll()).toMatchObject({ outcome: { state: 'ok', failures: 0 }, posts: [{ text: 'x' }] });
    await writeFile(file, 'two words');
    expect((await poll()).outcome).toMatchObject({ state: 'refused', problem: /./ });
    expect((await poll()).outcome.problem).toMatch(/must hold one token/);
  });
});

describe('an instance that misbehaves', () => {
  const answers = (code: number, headers: Record<string, string>, body = '') =>
    ((response) => response.writeHead(code, headers).end(body)) satisfies MastodonServer['instead'][number];

  it.each([
    ['429 with Retry-After', answers(429, { 'retry-after': '900' }), /answered 429/, 900_000],
    [
      '429 with X-RateLimit-Reset',
      answers(429, { 'x-ratelimit-reset': new Date(Date.now() + 600_000).toISOString() }),
      /answered 429/,
      590_000,
    ],
    ['429 with nothing', answers(429, {}), /answered 429/, 60_000],
    ['a failing server', answers(503, {}), /answered 503/, 60_000],
    ['no JSON', answers(200, {}, '<html>'), /something else than a list of posts/, 60_000],
    [
      'JSON of another form',
      answers(200, {}, '{"error":"x"}'),
      /something else than a list of posts/,
      60_000,
    ],
    ['a list of another form', answers(200, {}, '[{"id":5}]'), /something else than a list of posts/, 60_000],
    ['a huge body', answers(200, {}, `["${'x'.repeat(300_000)}"]`), /more than 200000 bytes/, 60_000],
    [
      'a body that stalls',
      ((response) => response.writeHead(200).write('[')) satisfies MastodonServer['instead'][number],
      /no whole answer within 1000 ms/,
      60_000,
    ],
  ])('with %s fails for a time, and nothing is lost', async (_what, instead, problem, waitMs) => {
    instance.statuses = [status('1', 'first')];
    const poll = startPolling();
    await poll();
    instance.statuses = [status('2', 'second'), status('1', 'first')];
    instance.instead.push(instead);
    const { posts, outcome } = await poll();
    expect(posts).toEqual([]);
    expect(outcome).toMatchObject({ state: 'failing', failures: 1 });
    expect(outcome.problem).toMatch(problem);
    expect(outcome.waitMs).toBeGreaterThanOrEqual(waitMs);
    now = new Date(now.getTime() + 3_600_000);
    expect(textsOf(await poll())).toEqual(['second']);
  });

  it('is left alone until its limit is reset, once the limit is used up', async () => {
    instance.statuses = [status('1', 'x')];
    const poll = startPolling();
    await poll();
    const reset = new Date(Date.now() + 300_000).toISOString();
    instance.instead.push(answers(200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset }, '[]'));
    await poll();
    const asked = instance.server.requests.length;
    const { outcome } = await poll();
    expect(outcome.problem).toBe('its host is left alone after failures');
    expect(instance.server.requests.length).toBe(asked);
  });
});
