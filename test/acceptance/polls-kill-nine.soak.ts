/** Kills processes that poll the same accounts, between receipt and publication and between publication and record. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { listAlerts } from '@leakwatch/alerting/incidents';
import { CreatorSchema } from '@leakwatch/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  rss,
  serve,
  startFeedServer,
  type FeedServer,
} from '../../services/ingest/test/support/feed-server.ts';
import {
  startMastodonServer,
  status,
  type MastodonServer,
} from '../../services/ingest/test/support/mastodon-server.ts';
import { openWholePipeline, type WholePipeline } from '../harness/whole-pipeline.ts';
import { waitFor } from '../harness/wait-for.ts';

const CRASHER = fileURLToPath(
  new URL('../../services/ingest/test/support/crash-after-publish.ts', import.meta.url),
);
const KILLS = 20;
const FEEDS = 5;
const PER_ROUND = 4;
const LEAK = 'Quillon Ember';

let pipeline: WholePipeline;
let feeds: FeedServer;
let instance: MastodonServer;
beforeAll(async () => {
  feeds = await startFeedServer();
  instance = await startMastodonServer();
  const accounts = Array.from({ length: FEEDS }, (_, n) => ({
    id: `feed-${n}`,
    account: { platform: 'feed', handle: `${feeds.url}/${n}.xml` },
  }));
  const ana = { platform: 'mastodon', handle: 'ana', instance: instance.url };
  pipeline = await openWholePipeline({
    env: { LEAKWATCH_POLL_ALLOW_PRIVATE: '1' },
    watchList: {
      campaigns: [
        {
          id: 'aurora',
          name: 'Aurora',
          sensitivity: 'high',
          terms: [{ id: 'name', text: LEAK }],
          assets: [],
          approvedPosts: [],
        },
      ],
      creators: [...accounts, { id: 'ana', account: ana }].map(({ id, account }) =>
        CreatorSchema.parse({ id, accounts: [account] }),
      ),
    },
  });
});
afterAll(async () => {
  await pipeline.close();
  await instance.close();
  await feeds.close();
});

describe('two processes that poll the same accounts and are killed again and again', () => {
  /** Each account shows what was published up to a round, the newest first. */
  const publishUpTo = (round: number) => {
    const numbers = Array.from({ length: (round + 1) * PER_ROUND }, (_, n) => n + 1).reverse();
    for (let feed = 0; feed < FEEDS; feed += 1) {
      const items = numbers.map((n) => [`${feed}-${n}`, `${LEAK}, entry ${n} of ${feed}`] as const);
      feeds.paths.set(`/${feed}.xml`, serve(rss(...items)));
    }
    instance.statuses = numbers.map((n) => status(`${n}`, `${LEAK}, status ${n}`));
    return numbers.length;
  };
  const becomeDue = () =>
    pipeline.store.pool.query(`UPDATE account_poll SET due_at = now(), leased_until = NULL`);

  it('bring each post downstream exactly once', { timeout: 1_800_000 }, async () => {
    let perAccount = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      perAccount = publishUpTo(kill);
      await becomeDue();
      const point = kill % 2 === 0 ? 'received' : 'published';
      // Whichever of them takes more accounts: one dies at its first batch, the other at its second of three or more.
      const two = [start(1, point), start(2, point)];
      const ended = await Promise.race(two.map((child) => once(child, 'exit')));
      expect(ended).toEqual([null, 'SIGKILL']);
      for (const child of two) await end(child);
    }
    const stopping = new AbortController();
    await becomeDue();
    const running = pipeline.ingest.runPolls({ signal: stopping.signal });
    const expected = (FEEDS + 1) * perAccount;
    const found = async () =>
      (await listAlerts(pipeline.store.pool, { limit: 1000 })).flatMap(({ creatorId, occurrences }) =>
        occurrences.map(({ detection }) => `${creatorId} ${detection.post.nativeId}`),
      );
    await waitFor('each post to be found', async () => (await found()).length >= expected);
    stopping.abort();
    await running;
    const all = await found();
    expect(all).toHaveLength(expected);
    expect(new Set(all).size).toBe(expected);
  });

  function start(batches: number, point: string): ChildProcess {
    const args = [
      '--import',
      'tsx',
      CRASHER,
      pipeline.store.connectionString,
      'polls',
      String(batches),
      point,
    ];
    return spawn(process.execPath, args, { stdio: 'ignore' });
  }

  async function end(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
});
