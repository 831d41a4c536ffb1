import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Account } from '@leakwatch/contracts';
import { createBlueskyConnector } from '../sources/bluesky/bluesky-connector.ts';
import { tidTime } from '../sources/bluesky/tid-time.ts';
import { createHosts } from '../sources/polling/hosts.ts';
import { createHttpGetter } from '../sources/polling/http-get.ts';
import { startFeedServer, type FeedServer } from './support/feed-server.ts';
import { PLENTY, startPollingOf } from './support/poll-target.ts';

interface TestRecord {
  readonly rkey: string;
  readonly cid: string;
  readonly value: Record<string, unknown>;
}

const DID = 'did:plc:ana234567';
/** Keys of the form TID, in the order of their time. */
const KEYS = ['3m4aaaaaaaa2a', '3m4baaaaaaa2a', '3m4caaaaaaa2a', '3m4daaaaaaa2a'] as const;

/** A server that is directory, resolver and PDS at once, in the forms that the AT Protocol documents. */
let server: FeedServer;
let records: TestRecord[];
let handle: string;
let endpoint: string;
let isHosted: boolean;
beforeEach(async () => {
  server = await startFeedServer();
  records = [];
  handle = 'ana.example';
  endpoint = server.url;
  isHosted = true;
  server.fallback = (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', server.url);
    const json = (value: unknown, code = 200) =>
      response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const refused = (error: string) => json({ error, message: 'no' }, 400);
    const listed = ({ rkey, cid, value }: TestRecord) => ({
      uri: `at://${DID}/app.bsky.feed.post/${rkey}`,
      cid,
      value: { $type: 'app.bsky.feed.post', ...value },
    });
    switch (pathname) {
      case '/xrpc/com.atproto.identity.resolveHandle':
        if (searchParams.get('handle') === handle) json({ did: DID });
        else refused('InvalidRequest');
        break;
      case `/${DID}`:
        json({
          id: DID,
          alsoKnownAs: [`at://${handle}`],
          service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: endpoint }],
        });
        break;
      case '/xrpc/com.atproto.repo.listRecords': {
        if (!isHosted) {
          refused('RepoNotFound');
          break;
        }
        const cursor = searchParams.get('cursor');
        const limit = Number(searchParams.get('limit'));
        const older = records
          .filter(({ rkey }) => cursor === null || rkey < cursor)
          .toSorted((a, b) => (a.rkey < b.rkey ? 1 : -1));
        const page = older.slice(0, limit);
        json({ records: page.map(listed), ...(page.length > 0 ? { cursor: page.at(-1)?.rkey } : {}) });
        break;
      }
      case '/xrpc/com.atproto.repo.getRecord': {
        const found = records.find(({ rkey }) => rkey === searchParams.get('rkey'));
        if (found === undefined) refused('RecordNotFound');
        else json(listed(found));
        break;
      }
      default:
        json({}, 404);
    }
  };
});
afterEach(() => server.close());

function post(rkey: string, text: string, parts: Record<string, unknown> = {}): TestRecord {
  const cid = `cid-${text.length}-${text}`;
  return { rkey, cid, value: { text, createdAt: '2026-11-02T10:00:00.000Z', langs: ['en'], ...parts } };
}

const blob = (link: string, mimeType: string) => ({ $type: 'blob', ref: { $link: link }, mimeType, size: 9 });

/** Polls the account again and again: each call goes on from the one before. */
function startPolling(account: Account = { platform: 'bluesky', handle: 'ana.example' }) {
  const limits = { timeoutMs: 1_000, maxBytes: 200_000, allowPrivateAddresses: true };
  const now = () => new Date('2026-11-20T12:00:00Z');
  const http = createHttpGetter(limits, createHosts(now, PLENTY));
  const connector = createBlueskyConnector(
    http,
    { resolver: server.url, plc: server.url },
    { intervalMs: 60_000, jetstream: null, limits },
  );
  return startPollingOf(connector, account, now);
}

describe('an account on Bluesky', () => {
  it('is found by its handle: DID, then server; its posts come once, the oldest first', async () => {
    records = [post(KEYS[0], 'first'), post(KEYS[1], 'second')];
    const poll = startPolling();
    const { posts, outcome } = await poll();
    expect(posts).toMatchObject([
      {
        id: `at://${DID}/app.bsky.feed.post/${KEYS[0]}`,
        platform: 'bluesky',
        instance: 'bsky',
        author: { id: DID, handle: 'ana.example' },
        url: `https://bsky.app/profile/${DID}/post/${KEYS[0]}`,
        text: 'first',
        lang: 'en',
        publishedAt: '2026-11-02T10:00:00.000Z',
      },
      { text: 'second' },
    ]);
    expect(outcome).toMatchObject({ state: 'ok', problem: null });
    const asked = server.requests.length;
    expect((await poll()).posts).toEqual([]);
    expect(server.requests.length - asked).toBe(1);
  });

  it('brings facets, pictures with alt text, link card, video, quote and reply', async () => {
    const external = {
      uri: 'https://shop.example/x',
      title: 'A shop',
      description: 'of things',
      thumb: blob('t', 'image/png'),
    };
    const quoted = { uri: 'at://did:plc:ben/app.bsky.feed.post/1', cid: 'c' };
    records = [
      post(KEYS[0], 'look at shop.exa… #early', {
        facets: [
          {
            index: { byteStart: 0, byteEnd: 4 },
            features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://shop.example/long' }],
          },
          {
            index: { byteStart: 5, byteEnd: 9 },
            features: [{ $type: 'app.bsky.richtext.facet#tag', tag: 'early' }],
          },
        ],
        embed: { $type: 'app.bsky.embed.external', external },
        reply: { root: quoted, parent: quoted },
      }),
      post(KEYS[1], 'a quote with pictures', {
        embed: {
          $type: 'app.bsky.embed.recordWithMedia',
          record: { $type: 'app.bsky.embed.record', record: quoted },
          media: {
            $type: 'app.bsky.embed.images',
            images: [{ image: blob('i', 'image/jpeg'), alt: 'a box' }],
          },
        },
      }),
      post(KEYS[2], 'a video', {
        embed: { $type: 'app.bsky.embed.video', video: blob('v', 'video/mp4'), alt: 'unboxing' },
      }),
      post(KEYS[3], 'an embed of no known form', { embed: { images: 7 }, langs: 'en', facets: null }),
    ];
    const { posts } = await startPolling()();
    const address = (cid: string) =>
      `${server.url}/xrpc/com.atproto.sync.getBlob?did=${encodeURIComponent(DID)}&cid=${cid}`;
    expect(posts).toMatchObject([
      {
        inReplyTo: quoted.uri,
        tags: ['early'],
        links: ['https://shop.example/long', 'https://shop.example/x'],
        linkCard: { url: 'https://shop.example/x', title: 'A shop', description: 'of things' },
        media: [{ url: address('t'), mime: 'image/png' }],
      },
      { quoteOf: { url: quoted.uri }, media: [{ url: address('i'), mime: 'image/jpeg', alt: 'a box' }] },
      { media: [{ url: address('v'), mime: 'video/mp4', alt: 'unboxing' }] },
      { text: 'an embed of no known form', media: [] },
    ]);
  });

  it('tells deletions, and a post made again under the key of a deleted one', async () => {
    records = [post(KEYS[0], 'first'), post(KEYS[1], 'second'), post(KEYS[2], 'third')];
    const poll = startPolling();
    await poll();
    records = [post(KEYS[0], 'first'), post(KEYS[2], 'another third')];
    expect((await poll()).posts).toMatchObject([
      { text: 'another third' },
      { id: `at://${DID}/app.bsky.feed.post/${KEYS[1]}`, op: 'delete', author: { id: DID } },
    ]);
    records = [post(KEYS[0], 'first'), post(KEYS[1], 'second'), post(KEYS[2], 'another third')];
    expect((await poll()).posts).toMatchObject([{ text: 'second' }]);
  });

  it('reads back over several pages after a gap', async () => {
    records = [post(KEYS[0], 'before')];
    const poll = startPolling();
    await poll();
    const letters = '234567abcdefghijklmnopqrstuvwxyz';
    records = [
      ...records,
      ...Array.from({ length: 250 }, (_, index) =>
        post(
          `3m5${letters.charAt(Math.floor(index / 32))}${letters.charAt(index % 32)}aaaaaa2a`,
          `post ${index}`,
        ),
      ),
    ];
    const { posts } = await poll();
    expect(posts.map(({ text }) => text)).toEqual(Array.from({ length: 250 }, (_, index) => `post ${index}`));
  });

  it('stays the same when its handle and its server change; the new name is told', async () => {
    records = [post(KEYS[0], 'first')];
    const poll = startPolling();
    await poll();
    isHosted = false;
    const { outcome } = await poll();
    expect(outcome.state).toBe('gone');
    expect(outcome.problem).toMatch(/no such repository/);
    isHosted = true;
    handle = 'ana-moved.example';
    endpoint = server.url.replace('127.0.0.1', 'localhost');
    records = [...records, post(KEYS[1], 'second')];
    const moved = await poll();
    expect(moved.posts).toMatchObject([{ text: 'second', author: { id: DID, handle: 'ana.example' } }]);
    expect(moved.outcome.problem).toMatch(/called @ana-moved\.example now/);
  });

  it.each([
    [{ handle: 'nobody.example' }, 'gone', 'no account has this handle'],
    [{ nativeId: 'did:key:x' }, 'failing', 'the account id is no did:plc or did:web'],
    [{ nativeId: 'did:plc:zzz' }, 'gone', 'the directory has no account of this id'],
    [{ handle: DID }, 'ok', null],
  ])('%j ends as %s', async (account, state, problem) => {
    const { outcome } = await startPolling({ platform: 'bluesky', ...account })();
    expect(outcome).toMatchObject({ state, problem });
  });
});

describe('the time in a key', () => {
  it.each([
    ['3jzfcijpj2z2a', '2023-06-30T15:03:01.887Z'],
    ['self', null],
    ['zzzzzzzzzzzzz', null],
  ])('of %s', (key, expected) => {
    const time = tidTime(key);
    expect(time === null ? null : new Date(time).toISOString()).toBe(expected);
  });
});
