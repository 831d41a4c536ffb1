import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createJetstream } from '../sources/bluesky/jetstream.ts';
import { type AccountStream, type StreamedAccount } from '../sources/polling/account-stream.ts';
import { startJetstream, type Jetstream, type JetstreamEvent } from './support/jetstream.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const NOW_US = NOW.getTime() * 1000;
const HOUR_US = 3_600_000_000;
const LIMITS = { timeoutMs: 5_000, maxBytes: 1_000_000, allowPrivateAddresses: true };

let server: Jetstream;
const streams: AccountStream[] = [];
beforeEach(async () => {
  server = await startJetstream();
});
afterEach(async () => {
  await Promise.all(streams.splice(0).map((stream) => stream.stop()));
  await server.close();
});

const didOf = (name: string) => `did:plc:${name}`;
const named = (name: string): StreamedAccount => ({
  key: `${name}.example`,
  account: { platform: 'bluesky', handle: `${name}.example` },
  memory: { did: didOf(name) },
});
const commit = (name: string, atUs: number, collection = 'app.bsky.feed.post'): JetstreamEvent => ({
  kind: 'commit',
  did: didOf(name),
  time_us: atUs,
  commit: { operation: 'create', collection, rkey: '3m4aaaaaaaa2a' },
});

function listen(names: readonly string[], checkpoint: number | null = null): AccountStream {
  const stream = createJetstream(
    { url: server.url, limits: LIMITS, clock: () => NOW },
    checkpoint === null ? null : String(checkpoint),
  );
  streams.push(stream);
  stream.follow(names.map(named));
  return stream;
}

/** Waits for the first nudges. */
async function next(stream: AccountStream) {
  await stream.heard();
  const { accounts, moved, all, cursor } = stream.take();
  return { accounts: [...accounts].toSorted(), moved: [...moved], all, cursor };
}

const connected = (count = 1) => vi.waitFor(() => expect(server.wanted).toHaveLength(count), 20_000);

describe('a Jetstream', () => {
  it('is asked for the accounts of the watch list only, and tells who has posted', async () => {
    const stream = listen(['ana', 'ben'], NOW_US - HOUR_US);
    await connected();
    expect(server.wanted).toEqual([[didOf('ana'), didOf('ben')]]);
    await vi.waitFor(() => expect(stream.covers('ana.example')).toBe(true));
    server.emit(commit('cleo', NOW_US + 1));
    server.emit(commit('ben', NOW_US + 2));
    expect(await next(stream)).toEqual({
      accounts: ['ben.example'],
      moved: [],
      all: false,
      cursor: String(NOW_US + 2),
    });
  });

  it('replays what was posted since its place, and is asked for the seconds before it again', async () => {
    server.emit(commit('ana', NOW_US - 2 * HOUR_US));
    server.emit(commit('ben', NOW_US - 1_000));
    const stream = listen(['ana', 'ben'], NOW_US - HOUR_US);
    expect(await next(stream)).toMatchObject({ accounts: ['ben.example'], all: false });
    expect(server.cursors).toEqual([NOW_US - HOUR_US - 5_000_000]);
  });

  it('goes on from where it was after a drop', async () => {
    const stream = listen(['ana', 'ben'], NOW_US - HOUR_US);
    await connected();
    server.emit(commit('ana', NOW_US));
    await next(stream);
    server.refuses = true;
    server.drop();
    await vi.waitFor(() => expect(stream.covers('ana.example')).toBe(false));
    server.emit(commit('ben', NOW_US + 1));
    server.refuses = false;
    await vi.waitFor(() => expect(stream.take().accounts).toContain('ben.example'), 20_000);
    expect(server.cursors.at(-1)).toBe(NOW_US - 5_000_000);
  });

  it.each([
    ['too old', NOW_US - 25 * HOUR_US],
    ['of a clock that was ahead', NOW_US + HOUR_US],
    ['unknown', null],
  ])('begins with now from a place that is %s; then any account may have posted', async (_what, place) => {
    const stream = listen(['ana'], place);
    expect(await next(stream)).toMatchObject({ accounts: [], all: true });
    expect(server.cursors).toEqual([null]);
  });

  it('that refuses the place is asked for what comes from now on', async () => {
    const stream = listen(['ana'], NOW_US - HOUR_US);
    await connected();
    server.drop(1008);
    await connected(2);
    expect(server.cursors).toEqual([NOW_US - HOUR_US - 5_000_000, null]);
    expect(await next(stream)).toMatchObject({ all: true });
  });

  it.each(['OutdatedCursor', 'ConsumerTooSlow'])(
    'that says %s has left out posts of anybody',
    async (name) => {
      const stream = listen(['ana'], NOW_US - HOUR_US);
      await connected();
      server.say(JSON.stringify({ kind: 'info', name, message: 'x' }));
      expect(await next(stream)).toMatchObject({ accounts: [], all: true });
    },
  );

  it('that can’t be reached leaves its accounts to the polls', async () => {
    server.refuses = true;
    const stream = listen(['ana'], NOW_US - HOUR_US);
    expect(await next(stream)).toMatchObject({ all: true });
    expect(stream.covers('ana.example')).toBe(false);
  });

  it('tells of a new name, server or standing', async () => {
    const stream = listen(['ana', 'ben'], NOW_US - HOUR_US);
    await connected();
    server.emit({ kind: 'identity', did: didOf('ana'), time_us: NOW_US });
    expect(await next(stream)).toMatchObject({ accounts: ['ana.example'], moved: ['ana.example'] });
    server.emit({ kind: 'account', did: didOf('ben'), time_us: NOW_US, account: { active: false } });
    expect(await next(stream)).toMatchObject({ accounts: ['ben.example'], moved: ['ben.example'] });
  });

  it.each(['', '[', '{}', '{"kind":"commit"}', '{"kind":"commit","did":5,"time_us":-1}', '"x"'])(
    'may say %j, which changes nothing',
    async (text) => {
      const stream = listen(['ana'], NOW_US - HOUR_US);
      await connected();
      server.say(text);
      server.emit(commit('ana', NOW_US + 7, 'app.bsky.feed.like'));
      server.emit(commit('ana', NOW_US + 8));
      expect(await next(stream)).toMatchObject({ accounts: ['ana.example'], all: false });
    },
  );

  it('hears of accounts that come and go while it runs, and is never asked for everybody', async () => {
    const stream = listen(['ana'], NOW_US - HOUR_US);
    await connected();
    stream.notePolled(named('ben'), false);
    await connected(2);
    expect(server.wanted[1]).toEqual([didOf('ana'), didOf('ben')]);
    // Finds posts from before it was listened for.
    expect(await next(stream)).toMatchObject({ accounts: ['ben.example'] });
    stream.follow([named('ben')]);
    await connected(3);
    expect(server.wanted[2]).toEqual([didOf('ben')]);
    stream.follow([]);
    await vi.waitFor(() => expect(stream.covers('ben.example')).toBe(false));
    expect(server.wanted).toHaveLength(3);
  });

  it('covers no account any more once it left out a post, until its next event', async () => {
    const stream = listen(['ana', 'ben'], NOW_US - HOUR_US);
    await vi.waitFor(() => expect(stream.covers('ana.example')).toBe(true));
    stream.notePolled(named('ana'), true);
    expect(stream.covers('ben.example')).toBe(false);
    server.emit(commit('ben', NOW_US));
    await vi.waitFor(() => expect(stream.covers('ben.example')).toBe(true));
  });

  it('takes 10,000 accounts on a socket, and more on others', async () => {
    const names = Array.from({ length: 10_001 }, (_, index) => `account${index}`);
    const stream = listen(names, NOW_US - HOUR_US);
    await connected(2);
    expect(server.wanted.map((dids) => dids.length).toSorted()).toEqual([1, 10_000]);
    server.emit(commit('account10000', NOW_US));
    await vi.waitFor(() => expect(stream.take().accounts).toContain('account10000.example'));
  });
});
