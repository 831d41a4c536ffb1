/** Accounts of an instance that streams, polled once an hour: what comes sooner, the stream has told of. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreatorSchema } from '@leakwatch/contracts';
import { saveWatchList } from '@leakwatch/store';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { findStreaming } from '../sources/mastodon/find-streaming.ts';
import { createHosts } from '../sources/polling/hosts.ts';
import { createHttpGetter } from '../sources/polling/http-get.ts';
import { startMastodonServer, status, statusUri, type MastodonServer } from './support/mastodon-server.ts';
import { openIngest, type IngestUnderTest } from './support/open-ingest.ts';
import { PLENTY } from './support/poll-target.ts';

let instance: MastodonServer;
let streaming: WebSocketServer;
let ingest: IngestUnderTest;
let folder: string;
let polling: Promise<unknown>;
const stopping = new AbortController();
const sockets = new Set<WebSocket>();
const opened: { url: string | undefined; token: string | undefined }[] = [];

beforeAll(async () => {
  instance = await startMastodonServer();
  instance.token = 'right';
  instance.statuses = [status('1', 'before')];
  const urls = { streaming_api: instance.url.replace('http', 'ws') };
  instance.server.paths.set('/api/v1/instance', (_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ urls })),
  );
  streaming = new WebSocketServer({ server: instance.server.http });
  streaming.on('connection', (socket, { url, headers }) => {
    opened.push({ url, token: headers.authorization });
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-credentials-'));
  await writeFile(path.join(folder, `mastodon@${new URL(instance.url).host}`), 'right');
  ingest = await openIngest({
    LEAKWATCH_POLL_ALLOW_PRIVATE: '1',
    LEAKWATCH_POLL_PLATFORMS: 'mastodon',
    LEAKWATCH_ACCOUNT_SECONDS: '3600',
    LEAKWATCH_CREDENTIALS_DIR: folder,
  });
  const account = { platform: 'mastodon', handle: 'ana', instance: instance.url };
  const creators = [CreatorSchema.parse({ id: 'ana', accounts: [account] })];
  await ingest.store.transaction((tx) => saveWatchList(tx, { campaigns: [], creators }));
  polling = ingest.app.runPolls({ signal: stopping.signal });
  await vi.waitFor(() => expect(opened).toHaveLength(1), 20_000);
});
afterAll(async () => {
  stopping.abort();
  await polling;
  await ingest.close();
  streaming.close();
  await instance.close();
  await rm(folder, { recursive: true });
});

const say = (event: string, payload: string) => {
  for (const socket of sockets) socket.send(JSON.stringify({ stream: ['public:local'], event, payload }));
};
const heard = (op: string, id: string, text?: string) =>
  vi.waitFor(async () => {
    const wanted = { op, nativeId: statusUri(id), ...(text === undefined ? {} : { text }) };
    expect(await ingest.posts()).toContainEqual(expect.objectContaining(wanted));
  }, 20_000);

describe('an instance that streams', () => {
  it('is asked for its own public posts with the token in a header', () => {
    expect(opened).toEqual([{ url: '/api/v1/streaming?stream=public:local', token: 'Bearer right' }]);
  });

  it('brings a post, an edit and a deletion without waiting for the next poll', async () => {
    const posted = status('2', 'just posted');
    instance.statuses = [posted, ...instance.statuses];
    for (const garbage of ['', '[]', '{"event":5}']) for (const socket of sockets) socket.send(garbage);
    say('update', 'no json');
    say('update', JSON.stringify(posted));
    await heard('create', '2', 'just posted');

    const edited = status('2', 'edited', { edited_at: '2026-11-02T00:00:00.000Z' });
    instance.statuses = instance.statuses.with(0, edited);
    say('status.update', JSON.stringify(edited));
    await heard('update', '2', 'edited');

    instance.statuses = instance.statuses.slice(1);
    say('delete', '2');
    await heard('delete', '2');
  });

  it('that drops its sockets loses nothing: what was posted in between is polled', async () => {
    instance.statuses = [status('3', 'in between'), ...instance.statuses];
    for (const socket of sockets) socket.terminate();
    await heard('create', '3', 'in between');
    expect(opened).toHaveLength(2);
  });
});

describe('the place where an instance streams', () => {
  it.each([
    ['its own host', 'wss://social.example', 'wss://social.example/api/v1/streaming?stream=public:local'],
    [
      'a host below its own',
      'wss://live.social.example',
      'wss://live.social.example/api/v1/streaming?stream=public:local',
    ],
    ['another host', 'wss://evil.example', null],
    ['a host whose name ends alike', 'wss://evilsocial.example', null],
    ['no TLS', 'ws://social.example', null],
    ['no address', 'live', null],
  ])('gets its token at %s, or not', async (_what, streaming_api, expected) => {
    const http = {
      ...createHttpGetter(
        { timeoutMs: 1_000, maxBytes: 1_000, allowPrivateAddresses: false },
        createHosts(() => new Date(), PLENTY),
      ),
      get: (url: string) =>
        Promise.resolve({
          kind: 'document' as const,
          url,
          headers: {},
          bytes: Buffer.from(JSON.stringify({ urls: { streaming_api } })),
        }),
    };
    const address = { origin: 'https://social.example', host: 'social.example', instance: 'x', user: 'ana' };
    expect(await findStreaming(http, address, 'token', new AbortController().signal)).toBe(expected);
  });
});
