/** Polls a real server with Mastodon's API, snac, while somebody posts there. */
import { type Account } from '@leakwatch/contracts';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { createMastodonConnector } from '../sources/mastodon/mastodon-connector.ts';
import { createCredentials } from '../sources/polling/credentials.ts';
import { createHosts } from '../sources/polling/hosts.ts';
import { createHttpGetter } from '../sources/polling/http-get.ts';
import { PLENTY, startPollingOf } from './support/poll-target.ts';
import { HAS_SNAC, itNeedsSnac, startSnac, type Snac, type SnacUser } from './support/snac.ts';

let snac: Snac;
let ana: SnacUser;
beforeAll(async () => {
  if (!HAS_SNAC) return;
  snac = await startSnac();
  ana = await snac.addUser('ana');
});
afterAll(async () => {
  if (HAS_SNAC) await snac.close();
});

function startPolling(parts: Partial<Account> = { handle: 'ana' }) {
  const limits = { timeoutMs: 10_000, maxBytes: 1_000_000, allowPrivateAddresses: true };
  const http = createHttpGetter(
    limits,
    createHosts(() => new Date(), PLENTY),
  );
  const connector = createMastodonConnector(
    http,
    createCredentials(null, () => undefined),
    { intervalMs: 60_000, limits },
  );
  return startPollingOf(connector, { platform: 'mastodon', instance: snac.url, ...parts });
}

describe('an account on snac', () => {
  itNeedsSnac('brings a post with its picture and the words for it', async () => {
    const poll = startPolling();
    await poll();
    const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const media = await ana.upload(picture, 'a box on a table');
    const { uri } = await ana.post({ status: 'look #early', 'media_ids[]': media, spoiler_text: 'psst' });
    const { posts, outcome } = await poll();
    expect(outcome).toMatchObject({ state: 'ok', problem: null });
    expect(posts).toMatchObject([
      {
        id: uri,
        url: uri,
        contentWarning: 'psst',
        tags: ['early'],
        media: [{ mime: 'image/unknown', alt: 'a box on a table' }],
      },
    ]);
    expect(posts[0]?.text).toContain('look');
    const kept = await fetch(posts[0]?.media?.[0]?.url ?? '');
    expect(Buffer.from(await kept.arrayBuffer()).equals(picture)).toBe(true);
  });

  itNeedsSnac(
    'brings each edit as an edit of the same post, though its id changes, and two in a second',
    async () => {
      const first = await ana.post({ status: 'first words' });
      const poll = startPolling();
      await poll();
      const edited = await ana.edit(first.id, 'other words');
      expect((await poll()).posts).toMatchObject([
        { id: first.uri, text: 'other words', editedAt: edited.edited_at },
      ]);
      const again = await ana.edit(edited.id, 'last words');
      expect((await poll()).posts).toMatchObject([{ id: first.uri, text: 'last words' }]);
      expect(again.uri).toBe(first.uri);
      expect((await poll()).posts).toEqual([]);
    },
  );

  itNeedsSnac('brings a deletion, and the same words posted again as another post', async () => {
    const first = await ana.post({ status: 'soon gone' });
    await ana.post({ status: 'stays' });
    const poll = startPolling();
    await poll();
    await ana.delete(first);
    expect((await poll()).posts).toMatchObject([{ id: first.uri, op: 'delete' }]);
    const second = await ana.post({ status: 'soon gone' });
    expect((await poll()).posts).toMatchObject([{ id: second.uri, text: 'soon gone' }]);
    expect(second.uri).not.toBe(first.uri);
  });

  itNeedsSnac('brings an answer to an own post with the id under which that came', async () => {
    const first = await ana.post({ status: 'the name is Quillon' });
    const second = await ana.post({ status: '… Ember', in_reply_to_id: first.id });
    const { posts } = await startPolling()();
    expect(posts.find(({ id }) => id === second.uri)).toMatchObject({ inReplyTo: first.uri });
  });

  itNeedsSnac('is heard on under its new display name', async () => {
    const poll = startPolling();
    await poll();
    await ana.rename('Ana Moves');
    await ana.post({ status: 'under another name' });
    const { posts, outcome } = await poll();
    expect(posts).toMatchObject([{ author: { handle: 'ana', displayName: 'Ana Moves' } }]);
    expect(outcome).toMatchObject({ state: 'ok', problem: null });
  });

  itNeedsSnac(
    'is not disturbed by a boost, which snac’s API does not list, and told as gone once deleted',
    async () => {
      const ben = await snac.addUser('ben');
      const boosted = await ben.post({ status: 'of another' });
      const [poll, pollBen] = [startPolling(), startPolling({ handle: 'ben' })];
      await poll();
      await pollBen();
      ana.boost(boosted);
      await ana.post({ status: 'after the boost' });
      expect((await poll()).posts).toMatchObject([{ text: 'after the boost' }]);
      snac.removeUser('ben');
      const { outcome } = await pollBen();
      expect(outcome).toMatchObject({ state: 'gone', problem: 'the account is gone' });
    },
  );
});
