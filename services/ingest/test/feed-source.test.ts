import { CreatorSchema } from '@leakwatch/contracts';
import { saveWatchList } from '@leakwatch/store';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { listAccountStandings } from '../queries/account-polls.ts';
import { createFeedConnector } from '../sources/feeds/feed-connector.ts';
import { createHosts, type HostBudget } from '../sources/polling/hosts.ts';
import { createHttpGetter, type HttpLimits } from '../sources/polling/http-get.ts';
import { pollAccount } from '../sources/polling/poll-account.ts';
import { answer, rss, serve, startFeedServer, type FeedServer } from './support/feed-server.ts';
import { openIngest, type IngestUnderTest } from './support/open-ingest.ts';
import { feedTarget, PLENTY } from './support/poll-target.ts';

let server: FeedServer;
beforeAll(async () => {
  server = await startFeedServer();
});
afterAll(() => server.close());

describe('the feeds of a watch list', () => {
  let ingest: IngestUnderTest;
  const stopping = new AbortController();
  const runs: Promise<unknown>[] = [];
  beforeAll(async () => {
    server.paths.set('/ana.xml', serve(rss(['1', 'first'])));
    server.paths.set(
      '/page',
      serve('<link rel="alternate" type="application/rss+xml" href="/ben.xml">', 'text/html'),
    );
    server.paths.set('/ben.xml', serve(rss(['1', 'by ben'])));
    server.paths.set('/garbage', serve('<rss><chan'));
    server.paths.set('/refused', answer(403));
    ingest = await openIngest({ LEAKWATCH_POLL_ALLOW_PRIVATE: '1', LEAKWATCH_FEED_SECONDS: '3600' });
    const creators = ['ana.xml', 'page', 'garbage', 'refused', 'gone'].map((path) =>
      CreatorSchema.parse({ id: path, accounts: [{ platform: 'feed', handle: `${server.url}/${path}` }] }),
    );
    await ingest.store.transaction((tx) => saveWatchList(tx, { campaigns: [], creators }));
    // Two processes share the accounts.
    const other = ingest.another();
    await other.start();
    others.push(other);
    runs.push(...[ingest.app, other].map((app) => app.runPolls({ signal: stopping.signal })));
    await polled(5);
  });
  afterAll(async () => {
    stopping.abort();
    await Promise.all(runs);
    for (const other of others) await other.stop();
    await ingest.close();
  });
  const others: { stop(): Promise<void> }[] = [];

  /** Waits until this many accounts have been polled. */
  const polled = (count: number) =>
    vi.waitFor(
      async () => {
        expect((await standings()).filter(({ state }) => state !== 'new')).toHaveLength(count);
      },
      { timeout: 30_000, interval: 100 },
    );
  const standings = () => listAccountStandings(ingest.store.pool);
  const texts = async (creator: string) =>
    (await ingest.posts()).filter((post) => post.creatorId === creator).map((post) => post.text);
  const pollAgain = async (path: string) => {
    const asked = server.requests.length;
    const account = `${server.url}/${path}`;
    await ingest.store.pool.query('UPDATE account_poll SET due_at = now() WHERE account = $1', [account]);
    await expect
      .poll(
        async () => {
          const { rows } = await ingest.store.pool.query(
            'SELECT FROM account_poll WHERE account = $1 AND due_at > now()',
            [account],
          );
          return rows.length > 0 && server.requests.length > asked;
        },
        { timeout: 30_000 },
      )
      .toBe(true);
    return server.requests.slice(asked);
  };

  it('are heard, each post once, though two processes poll and other feeds fail', async () => {
    expect(await texts('ana.xml')).toEqual(['first']);
    expect(await texts('page')).toEqual(['by ben']);
    const states = (await standings()).map(({ account, state }) => [
      account.slice(server.url.length + 1),
      state,
    ]);
    expect(Object.fromEntries(states)).toEqual({
      'ana.xml': 'ok',
      page: 'ok',
      garbage: 'failing',
      refused: 'refused',
      gone: 'gone',
    });
  });

  it('are not read again while they are unchanged', async () => {
    const [request] = await pollAgain('ana.xml');
    expect(request?.ifNoneMatch).toBeDefined();
    expect(await texts('ana.xml')).toEqual(['first']);
    expect((await standings()).find(({ account }) => account.endsWith('ana.xml'))?.state).toBe('ok');
  });

  it('bring new entries and edits without a time, and nothing when an entry vanishes', async () => {
    server.paths.set('/ana.xml', serve(rss(['2', 'second'], ['1', 'first, but edited'])));
    await pollAgain('ana.xml');
    expect((await texts('ana.xml')).toSorted()).toEqual(['first', 'first, but edited', 'second']);
    server.paths.set('/ana.xml', serve(rss(['2', 'second'])));
    await pollAgain('ana.xml');
    expect(await texts('ana.xml')).toHaveLength(3);
  });
});

describe('a poll of a host that misbehaves', () => {
  const LIMITS = { timeoutMs: 1_000, maxBytes: 10_000, allowPrivateAddresses: true };
  const now = () => new Date('2026-11-20T12:00:00Z');

  /** Polls paths of the server one after another. */
  async function polls(paths: readonly string[], limits: HttpLimits = LIMITS, budget: HostBudget = PLENTY) {
    const connector = createFeedConnector(createHttpGetter(limits, createHosts(now, budget)), 60_000);
    const outcomes = [];
    for (const path of paths) {
      const target = feedTarget(`${server.url}${path}`);
      outcomes.push((await pollAccount(connector, target, now, new AbortController().signal)).outcome);
    }
    await connector.close();
    return outcomes;
  }

  it('waits as long as the host asks, for all its accounts', async () => {
    server.paths.set('/429', answer(429, { 'retry-after': '7200' }));
    server.paths.set('/fine', serve(rss(['1', 'x'])));
    const asked = server.requests.length;
    const [first, second] = await polls(['/429', '/fine']);
    expect(first).toMatchObject({ state: 'failing', failures: 1, problem: 'the host answered 429' });
    expect(first?.waitMs).toBeGreaterThanOrEqual(7_200_000);
    expect(second).toMatchObject({ problem: 'its host is left alone after failures' });
    expect(server.requests.length - asked).toBe(1);
  });

  it('asks a host no more than its budget allows; what waits keeps its standing', async () => {
    const asked = server.requests.length;
    const outcomes = await polls(['/fine', '/fine', '/fine'], LIMITS, { perMinute: 1, burst: 2 });
    expect(outcomes.map(({ state, failures }) => [state, failures])).toEqual([
      ['ok', 0],
      ['ok', 0],
      [null, 0],
    ]);
    expect(outcomes[2]?.waitMs).toBeGreaterThanOrEqual(60_000);
    expect(server.requests.length - asked).toBe(2);
  });

  it('leaves a host alone that fails five times in a row, and waits longer for each account', async () => {
    server.paths.set('/500', answer(500));
    const asked = server.requests.length;
    await polls(Array.from({ length: 8 }, () => '/500'));
    expect(server.requests.length - asked).toBe(5);
  });

  it.each([
    ['a body that never ends', '/endless', /more than 10000 bytes/],
    ['a body that comes slowly', '/slow', /no whole answer within 1000 ms/],
    ['redirects without end', '/round', /more than 5 redirects/],
    ['a redirect to a file', '/file', /no web address/],
    ['a connection that is cut', '/cut', /./],
  ])('gives up on %s', async (_name, path, problem) => {
    server.paths.set('/endless', (_request, response) => {
      const write = () => {
        while (!response.destroyed && response.write('x'.repeat(1000)));
      };
      response.on('drain', write);
      write();
    });
    server.paths.set('/slow', (_request, response) => void response.writeHead(200).write('<rss>'));
    server.paths.set('/round', answer(302, { location: '/round' }));
    server.paths.set('/file', answer(302, { location: 'file:///etc/passwd' }));
    server.paths.set('/cut', (request) => request.socket.destroy());
    const [outcome] = await polls([path]);
    expect(outcome?.state).toBe('failing');
    expect(outcome?.problem).toMatch(problem);
  });

  it('asks no private address', async () => {
    const asked = server.requests.length;
    const [outcome] = await polls(['/fine'], { ...LIMITS, allowPrivateAddresses: false });
    expect(outcome).toMatchObject({ state: 'failing', problem: 'the host is not a public address' });
    expect(server.requests.length).toBe(asked);
  });
});
