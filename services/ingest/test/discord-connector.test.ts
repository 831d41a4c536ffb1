import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Account } from '@leakwatch/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PollOutcome } from '../queries/account-polls.ts';
import { createDiscordConnector } from '../sources/discord/discord-connector.ts';
import { createCredentials } from '../sources/polling/credentials.ts';
import { createHosts } from '../sources/polling/hosts.ts';
import { createHttpGetter } from '../sources/polling/http-get.ts';
import { pollAccount } from '../sources/polling/poll-account.ts';
import { startFeedServer, type FeedServer } from './support/feed-server.ts';
import { PLENTY, targetOf } from './support/poll-target.ts';

const CHANNEL = '1300000000000000001';
const TOKEN = 'bot-token';
/** An id of Discord's form, n minutes after midnight. */
const idOf = (n: number) => String(BigInt(Date.UTC(2026, 10, 20) + n * 60_000 - 1_420_070_400_000) << 22n);
interface TestMessage {
  readonly id: string;
  readonly attachments: readonly { readonly url: string; readonly [part: string]: unknown }[];
  readonly [part: string]: unknown;
}
const message = (
  n: number,
  content: string,
  { attachments = [], ...parts }: Partial<TestMessage> = {},
): TestMessage => ({
  id: idOf(n),
  timestamp: new Date(Date.UTC(2026, 10, 20) + n * 60_000).toISOString(),
  edited_timestamp: null,
  content,
  author: { username: 'ana', global_name: 'Ana' },
  embeds: [],
  attachments,
  ...parts,
});

/** Discord's API with one channel, in the forms that its reference documents; the newest message first. */
let server: FeedServer;
let messages: TestMessage[];
let status: number;
let folder: string;
let refusals: number;
let signature = 0;
beforeEach(async () => {
  server = await startFeedServer();
  [messages, status, refusals] = [[], 200, 0];
  folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-credentials-'));
  await writeFile(path.join(folder, `discord@${new URL(server.url).host}`), `${TOKEN}\n`);
  server.fallback = (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', server.url);
    const json = (value: unknown, code = 200) =>
      response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const [, path, id] =
      /^\/api\/v10\/channels\/1300000000000000001(\/messages)?(?:\/(\d+))?$/.exec(pathname) ?? [];
    if (status !== 200) json({ message: 'no', code: 0 }, status);
    else if (request.headers.authorization !== `Bot ${TOKEN}`) json({ message: '401: Unauthorized' }, 401);
    else if (path === undefined) json({ id: CHANNEL, name: 'news', guild_id: '77777' });
    else if (id === undefined) {
      const before = BigInt(searchParams.get('before') ?? '9999999999999999999');
      signature += 1;
      json(
        messages
          .filter((one) => BigInt(one.id) < before)
          .slice(0, Number(searchParams.get('limit')))
          .map((one) => ({
            ...one,
            attachments: one.attachments.map((file) => ({ ...file, url: `${file.url}?hm=${signature}` })),
          })),
      );
    } else {
      const found = messages.find((one) => one.id === id);
      json(found ?? { message: 'Unknown Message', code: 10008 }, found === undefined ? 404 : 200);
    }
  };
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

function startPolling(named: Account = { platform: 'discord', nativeId: CHANNEL }) {
  const limits = { timeoutMs: 1_000, maxBytes: 200_000, allowPrivateAddresses: true };
  const clock = () => new Date('2026-11-20T12:00:00Z');
  const connector = createDiscordConnector(
    createHttpGetter(limits, createHosts(clock, PLENTY)),
    createCredentials(folder, () => (refusals += 1)),
    { api: server.url, intervalMs: 60_000 },
  );
  let earlier: Partial<PollOutcome> = {};
  return async () => {
    const polled = await pollAccount(
      connector,
      targetOf(named, earlier),
      clock,
      new AbortController().signal,
    );
    earlier = polled.outcome;
    return polled;
  };
}

describe('a channel on Discord', () => {
  it('brings each message once, with its embeds, poll, forwarded text and files, though addresses of files change', async () => {
    messages = [
      message(3, '', {
        message_snapshots: [{ message: { content: 'the whole brief', attachments: [], embeds: [] } }],
      }),
      message(2, 'look', {
        embeds: [{ title: 'A shop', description: 'of things', image: { url: 'https://cdn.example/e.png' } }],
        attachments: [{ url: 'https://cdn.example/a.png', content_type: 'image/png', description: 'a box' }],
        poll: { question: { text: 'which?' }, answers: [{ poll_media: { text: 'Quillon' } }] },
      }),
      message(1, 'first'),
    ];
    const poll = startPolling();
    const { posts, outcome } = await poll();
    expect(posts.map(({ text }) => text)).toEqual(['first', 'look\nwhich?\nA shop\nof things', '']);
    expect(posts[1]).toMatchObject({
      platform: 'discord',
      instance: 'discord',
      author: { id: CHANNEL, displayName: 'Ana' },
      url: `https://discord.com/channels/77777/${CHANNEL}/${idOf(2)}`,
      poll: { options: ['Quillon'] },
      media: [{ mime: 'image/png', alt: 'a box' }, { url: 'https://cdn.example/e.png' }],
    });
    expect(posts[1]?.media?.[0]?.url).toMatch(/^https:\/\/cdn\.example\/a\.png\?hm=\d+$/);
    expect(posts[2]).toMatchObject({ quoteOf: { text: 'the whole brief' } });
    expect(outcome).toMatchObject({ state: 'ok', problem: null });
    expect((await poll()).posts).toEqual([]);
  });

  it('tells edits and deletions, and fills a gap of several pages', async () => {
    messages = [2, 1].map((n) => message(n, `message ${n}`));
    const poll = startPolling();
    await poll();
    messages = [
      ...Array.from({ length: 150 }, (_, i) => message(152 - i, `message ${152 - i}`)),
      message(1, 'Quillon Ember', { edited_timestamp: '2026-11-20T09:00:00.000Z' }),
    ];
    const { posts } = await poll();
    expect(posts).toHaveLength(152);
    expect(posts[0]).toMatchObject({
      id: idOf(1),
      text: 'Quillon Ember',
      editedAt: '2026-11-20T09:00:00.000Z',
    });
    expect(posts.at(-1)).toMatchObject({ id: idOf(2), op: 'delete', author: { id: CHANNEL } });
  });

  it.each([
    [401, 'refused', 'it is wrong or was renewed', 1],
    [403, 'refused', 'may not read this channel', 0],
    [404, 'gone', 'no such channel', 0],
  ])('says what to put right when Discord answers %i', async (code, state, why, told) => {
    const poll = startPolling();
    status = code;
    const { outcome } = await poll();
    expect(outcome.state).toBe(state);
    expect(outcome.problem).toContain(why);
    expect(outcome.problem).not.toContain(TOKEN);
    expect(refusals).toBe(told);
  });

  it.each([
    [{ handle: `https://discord.com/channels/77777/${CHANNEL}` }, 'ok'],
    [{ handle: CHANNEL }, 'ok'],
    [{ handle: 'news' }, 'failing'],
    [{ handle: `https://discord.com.evil.example/channels/77777/${CHANNEL}` }, 'failing'],
  ])('named as %j is %s', async (named, state) => {
    const { outcome } = await startPolling({ platform: 'discord', ...named })();
    expect(outcome.state).toBe(state);
  });
});
