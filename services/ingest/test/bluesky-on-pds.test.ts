/** Polls a real Bluesky server, a PDS, while somebody posts there. */
import { type Account } from '@leakwatch/contracts';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { createBlueskyConnector } from '../sources/bluesky/bluesky-connector.ts';
import { rkeyOf } from '../sources/bluesky/record-post.ts';
import { createHosts } from '../sources/polling/hosts.ts';
import { createHttpGetter } from '../sources/polling/http-get.ts';
import { HAS_PDS, itNeedsPds, startPds, type Pds, type PdsUser } from './support/pds.ts';
import { PLENTY, startPollingOf } from './support/poll-target.ts';

let pds: Pds;
let ana: PdsUser;
beforeAll(async () => {
  if (!HAS_PDS) return;
  pds = await startPds();
  ana = await pds.addUser('ana.test');
});
afterAll(async () => {
  if (HAS_PDS) await pds.close();
});

function startPolling(parts: Partial<Account> = { handle: 'ana.test' }) {
  const limits = { timeoutMs: 10_000, maxBytes: 1_000_000, allowPrivateAddresses: true };
  const http = createHttpGetter(
    limits,
    createHosts(() => new Date(), PLENTY),
  );
  const connector = createBlueskyConnector(
    http,
    { resolver: pds.url, plc: pds.plc },
    { intervalMs: 60_000, jetstream: null, limits },
  );
  return startPollingOf(connector, { platform: 'bluesky', ...parts });
}

describe('an account on a Bluesky server', () => {
  itNeedsPds('brings a post with its picture and the words for it', async () => {
    const poll = startPolling();
    await poll();
    const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const image = await ana.upload(picture);
    const images = [{ image, alt: 'a box on a table' }];
    const { uri } = await ana.post('look', { embed: { $type: 'app.bsky.embed.images', images } });
    const { posts, outcome } = await poll();
    expect(outcome).toMatchObject({ state: 'ok', problem: null });
    expect(posts).toMatchObject([
      {
        id: uri,
        author: { id: ana.did, handle: 'ana.test' },
        text: 'look',
        media: [{ mime: 'image/png', alt: 'a box on a table' }],
      },
    ]);
    const kept = await fetch(posts[0]?.media?.[0]?.url ?? '');
    expect(Buffer.from(await kept.arrayBuffer()).equals(picture)).toBe(true);
  });

  itNeedsPds('brings a quote with the address of what it quotes, and no repost', async () => {
    const ben = await pds.addUser('ben.test');
    const quoted = await ben.post('of another');
    const poll = startPolling();
    await poll();
    await ana.repost(quoted);
    const { uri } = await ana.post('see this', { embed: { $type: 'app.bsky.embed.record', record: quoted } });
    expect((await poll()).posts).toMatchObject([{ id: uri, text: 'see this', quoteOf: { url: quoted.uri } }]);
  });

  itNeedsPds('brings an edit, a deletion, and a new post under the deleted one’s key', async () => {
    const { uri } = await ana.post('first words');
    const poll = startPolling();
    await poll();
    await ana.put(rkeyOf(uri), 'other words');
    expect((await poll()).posts).toMatchObject([{ id: uri, text: 'other words' }]);
    await ana.delete({ uri, cid: '' });
    expect((await poll()).posts).toMatchObject([{ id: uri, op: 'delete' }]);
    await ana.put(rkeyOf(uri), 'made again');
    expect((await poll()).posts).toMatchObject([{ id: uri, text: 'made again' }]);
    // Both between two polls.
    await ana.delete({ uri, cid: '' });
    await ana.put(rkeyOf(uri), 'and again');
    expect((await poll()).posts).toMatchObject([{ id: uri, text: 'and again' }]);
    expect((await poll()).posts).toEqual([]);
  });

  itNeedsPds(
    'is heard on under its new handle; who has the old one now is not heard in its place',
    async () => {
      const dora = await pds.addUser('dora.test');
      await dora.post('before');
      const poll = startPolling({ handle: 'dora.test' });
      await poll();
      await dora.call('com.atproto.identity.updateHandle', { handle: 'dora-moved.test' });
      const other = await pds.addUser('dora.test');
      await other.post('of the other');
      await dora.post('after');
      expect((await poll()).posts).toMatchObject([{ text: 'after', author: { id: dora.did } }]);
    },
  );

  itNeedsPds('is told as gone while it is deactivated, and heard again after', async () => {
    const eve = await pds.addUser('eve.test');
    await eve.post('before');
    const poll = startPolling({ handle: 'eve.test' });
    await poll();
    await eve.call('com.atproto.server.deactivateAccount', {});
    const { posts, outcome } = await poll();
    expect(posts).toEqual([]);
    expect(outcome).toMatchObject({ state: 'gone' });
    expect(outcome.problem).toMatch(/deactivated/);
    await eve.call('com.atproto.server.activateAccount', null);
    await eve.post('after');
    expect(await poll()).toMatchObject({ outcome: { state: 'ok' }, posts: [{ text: 'after' }] });
  });

  itNeedsPds('is told as gone once it is taken down', async () => {
    const fay = await pds.addUser('fay.test');
    await fay.post('before');
    const poll = startPolling({ nativeId: fay.did });
    await poll();
    await pds.takeDown(fay.did);
    expect(await poll()).toMatchObject({ posts: [], outcome: { state: 'gone' } });
  });
});
