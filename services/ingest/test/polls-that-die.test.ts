import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { CreatorSchema } from '@leakwatch/contracts';
import { saveWatchList } from '@leakwatch/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  claimDueAccounts,
  makeAllDue,
  makeDue,
  renewLeases,
  savePoll,
  syncAccounts,
  type DueAccount,
} from '../queries/account-polls.ts';
import { rss, serve, startFeedServer, type FeedServer } from './support/feed-server.ts';
import { startMastodonServer, status, type MastodonServer } from './support/mastodon-server.ts';
import { openIngest, type IngestUnderTest } from './support/open-ingest.ts';

const CRASHER = fileURLToPath(new URL('./support/crash-after-publish.ts', import.meta.url));
const POSTS = 25;

let ingest: IngestUnderTest;
let feeds: FeedServer;
let instance: MastodonServer;
beforeAll(async () => {
  feeds = await startFeedServer();
  instance = await startMastodonServer();
  ingest = await openIngest({ LEAKWATCH_POLL_ALLOW_PRIVATE: '1' });
});
afterAll(async () => {
  await ingest.close();
  await instance.close();
  await feeds.close();
});

describe('polls of a process that is killed between receipt and publication of a poll', () => {
  const numbers = Array.from({ length: POSTS }, (_, index) => POSTS - index);

  it.each([
    ['feed', () => ({ platform: 'feed', handle: `${feeds.url}/feed.xml` })],
    ['mastodon', () => ({ platform: 'mastodon', handle: 'ana', instance: instance.url })],
  ])('are repeated by the next process: each post of %s once downstream', async (platform, account) => {
    feeds.paths.set('/feed.xml', serve(rss(...numbers.map((n) => [`${n}`, `entry ${n}`] as const))));
    instance.statuses = numbers.map((n) => status(`${n}`, `status ${n}`));
    const creators = [CreatorSchema.parse({ id: 'ana', accounts: [account()] })];
    await ingest.store.transaction((tx) => saveWatchList(tx, { campaigns: [], creators }));
    const ids = async () =>
      (await ingest.posts()).filter((post) => post.platform === platform).map(({ id }) => id);

    const args = ['--import', 'tsx', CRASHER, ingest.store.connectionString, 'polls', '2'];
    expect(await once(spawn(process.execPath, args), 'exit')).toEqual([null, 'SIGKILL']);
    expect(await ids()).toHaveLength(20);
    const { rows } = await ingest.store.pool.query(
      `SELECT state, leased_until BETWEEN now() AND now() + interval '30 s' AS held FROM account_poll`,
    );
    expect(rows).toEqual([{ state: 'new', held: true }]);

    // As the lease ends by itself, later.
    await ingest.store.pool.query('UPDATE account_poll SET leased_until = now()');
    const stopping = new AbortController();
    const next = ingest.another();
    await next.start();
    const running = next.runPolls({ signal: stopping.signal });
    await expect.poll(async () => new Set(await ids()).size, { timeout: 20_000 }).toBe(POSTS);
    stopping.abort();
    await running;
    await next.stop();
    // Only the batch that was published and not recorded came twice, under the same ids.
    expect(await ids()).toHaveLength(POSTS + 10);
  });
});

describe('the lease of an account', () => {
  const lease = (holder: string) => ({ holder, leaseMs: 60_000 });
  const claim = (holder: string) =>
    claimDueAccounts(ingest.store.pool, 'bluesky', { ...lease(holder), limit: 5 });
  const endLeases = () =>
    ingest.store.pool.query(`UPDATE account_poll SET leased_until = now() - interval '1 s'`);

  it('is held while its process renews it, and lost for good once another has it', async () => {
    await syncAccounts(ingest.store.pool, 'bluesky', ['ana.example']);
    expect(await claim('a')).toHaveLength(1);
    expect(await claim('b')).toEqual([]);
    await endLeases();
    await renewLeases(ingest.store.pool, lease('a'));
    expect(await claim('b')).toEqual([]);
    await endLeases();
    expect(await claim('b')).toHaveLength(1);
    await renewLeases(ingest.store.pool, { holder: 'a', leaseMs: -1000 });
    expect(await claim('c')).toEqual([]);
  });

  it('that is told of while it is polled is polled again, and no more after that', async () => {
    const { pool } = ingest.store;
    await pool.query('DELETE FROM account_poll');
    await syncAccounts(pool, 'bluesky', ['ana.example']);
    const end = async (due: DueAccount | undefined) => {
      if (due === undefined) throw new Error('no account is due');
      const standing = { platform: 'bluesky', state: 'ok' as const, problem: null, waitMs: 60_000 };
      await savePoll(pool, { ...due, ...standing });
    };
    const [first] = await claim('a');
    await makeDue(pool, 'bluesky', ['ana.example']);
    await end(first);
    const [second] = await claim('a');
    await end(second);
    expect(await claim('a')).toEqual([]);
    await makeDue(pool, 'bluesky', ['ben.example']);
    expect(await claim('a')).toEqual([]);
    await makeDue(pool, 'bluesky', ['ana.example']);
    const [third] = await claim('a');
    await makeAllDue(pool, 'bluesky', 0);
    await end(third);
    await end((await claim('a'))[0]);
    expect(await claim('a')).toEqual([]);
  });
});
