import { createServer, type Server, type ServerResponse } from 'node:http';
import { EVENTS, type Post } from '@leakwatch/contracts';
import {
  decodeEvent,
  encodeEvent,
  listDeadLetters,
  type EventLog,
  type LogRecord,
  type Outcome,
} from '@leakwatch/event-log';
import { createPostgresEventLog } from '@leakwatch/event-log/postgres';
import { createMetrics, silentLogger } from '@leakwatch/runtime';
import { keepBytes, type Store } from '@leakwatch/store';
import { openTestStore } from '@leakwatch/store/testing';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createMatcher, loadMatcherConfig, type MatcherApp } from '../index.ts';
import { FETCH_PACE, startLaterQueue } from '../later/later-queue.ts';
import { openWaitingRoom } from '../later/waiting-room.ts';
import { claimLater, countLater, putOff } from '../queries/records-later.ts';
import { postWithPictures } from './support/post-with-pictures.ts';

const AT = '2026-09-01T12:00:00.000Z';
const STAGE = 'matcher-image';
const WAIT = { timeout: 30_000, interval: 50 };

let store: Store & { drop(): Promise<void> };
let log: EventLog;
let matcher: MatcherApp | null = null;
let server: Server;
let base: string;
let picture: Buffer;
/** Requests to the slow address that have no answer yet. */
const unanswered: ServerResponse[] = [];
let asked = 0;

beforeAll(async () => {
  picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#336699' } })
    .jpeg()
    .toBuffer();
  server = createServer((request, response) => {
    if (request.url === '/quick') response.end(picture);
    else {
      asked += 1;
      unanswered.push(response);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  base = `:${address.port}`;
  store = await openTestStore();
  log = await createPostgresEventLog({
    database: {
      query: (text, values) => store.pool.query(text, values),
      listen: (...args) => store.listen(...args),
    },
    topics: ['posts', 'fingerprints', 'detections', 'dead-letters'],
    partitions: 1,
    leaseMs: 2000,
  });
});

afterEach(async () => {
  await matcher?.stop();
  matcher = null;
  await store.pool.query('DELETE FROM record_later');
});

afterAll(async () => {
  await log.close();
  await store.drop();
  server.closeAllConnections();
  server.close();
});

// Two names of one server, so that it is two hosts.
const slow = () => `http://127.0.0.1${base}/slow`;
const quick = () => `http://localhost${base}/quick`;

function startMatcher(): Promise<void> {
  matcher = createMatcher({
    ...{ store, log, metrics: createMetrics({ processMetrics: false }), logger: silentLogger() },
    config: loadMatcherConfig({
      ...{ LEAKWATCH_IMAGE_WORKERS: '1', LEAKWATCH_MEDIA_ALLOW_PRIVATE: '1' },
      LEAKWATCH_MEDIA_PATIENCE_MS: '300',
    }),
    lanes: ['image'],
    clock: () => new Date(AT),
  });
  return matcher.start();
}

const postWith = (nativeId: string, sourceUrl: string) =>
  postWithPictures({ nativeId, creatorId: nativeId, at: AT }, [sourceUrl]);

async function publish(...posts: Post[]): Promise<void> {
  await log.publish(
    posts.map((post) =>
      encodeEvent(EVENTS.post, post, {
        ...{ id: post.id, key: post.creatorId, source: '/test', time: new Date(AT) },
      }),
    ),
  );
}

async function scanned(): Promise<string[]> {
  const names: string[] = [];
  for await (const batch of log.replay({ topic: 'fingerprints' })) {
    names.push(...batch.map((record) => decodeEvent(record, EVENTS.fingerprint).post.nativeId));
  }
  return names;
}

describe('a host of pictures that does not answer', () => {
  it('holds up nobody else; its posts are scanned once it answers', async () => {
    await startMatcher();
    const strangers = Array.from({ length: 60 }, (_unused, n) => postWith(`stranger-${n}`, slow()));
    await publish(...strangers, postWith('honest', quick()));
    await vi.waitFor(async () => expect(await scanned()).toEqual(['honest']), WAIT);
    await vi.waitFor(async () => expect((await countLater(store.pool, STAGE)).records).toBe(60), WAIT);
    // The lane asked for the first part of the batch, and the queue asks for a few at a time.
    expect(asked).toBeLessThan(30);
    const answerAll = setInterval(() => {
      for (const response of unanswered.splice(0)) response.end(picture);
    }, 10);
    await vi.waitFor(async () => expect(new Set(await scanned()).size).toBe(61), WAIT);
    clearInterval(answerAll);
    await vi.waitFor(async () => expect((await countLater(store.pool, STAGE)).records).toBe(0), WAIT);
    expect(await listDeadLetters(log, store.pool)).toEqual([]);
  });

  it('does not hold up the end of the process, which leaves its posts to the next one', async () => {
    await startMatcher();
    await publish(postWith('left', slow()));
    const before = asked;
    // Once by the lane and once by the queue, which would wait for 15 s.
    await vi.waitFor(() => expect(asked).toBe(before + 2), WAIT);
    await matcher?.stop();
    const { rows } = await store.pool.query('SELECT attempts, claimed_until FROM record_later');
    expect(rows).toEqual([{ attempts: 1, claimed_until: null }]);
  });
});

describe('the queue of what was put off', () => {
  const recordAt = (offset: bigint, key: string): LogRecord => ({
    ...{ topic: 'posts', partition: 0, offset, key, value: Buffer.from('{}'), headers: { a: 'b' } },
    appendedAt: new Date(AT),
  });
  const claim = { limit: 10, perHost: 10, busy: [], away: [], giveUpMs: 900_000, claimMs: 60_000 };

  it('gives each creator a turn before any has a second one, and spares hosts that are busy or away', async () => {
    for (let n = 0n; n < 5n; n++) {
      await putOff(store.pool, 'test', { record: recordAt(n, 'many'), waitsFor: 'one.example' });
    }
    await putOff(store.pool, 'test', { record: recordAt(7n, 'single'), waitsFor: 'two.example' });
    await putOff(store.pool, 'test', { record: recordAt(8n, 'other'), waitsFor: 'busy.example' });
    await putOff(store.pool, 'test', { record: recordAt(9n, 'other'), waitsFor: 'away.example' });
    const options = { ...claim, limit: 2, busy: ['busy.example'], away: ['away.example'] };
    const first = await claimLater(store.pool, 'test', options);
    expect(first.map(({ record }) => record.key).sort()).toEqual(['many', 'single']);
    expect(first.find(({ record }) => record.key === 'single')?.record).toEqual({
      ...recordAt(7n, 'single'),
      value: Buffer.from('{}'),
    });
    // Claimed records are not given again.
    const second = await claimLater(store.pool, 'test', { ...options, limit: 9 });
    expect(second.map(({ record }) => record.offset)).toEqual([1n, 2n, 3n, 4n]);
  });

  it('takes no more than there is room for, in all, of one creator, and in bytes', async () => {
    let at = 0;
    const limits = { records: 4, bytes: 12, perCreator: 2 };
    const wait = openWaitingRoom(store.pool, 'test', limits, () => at);
    const take = (offset: bigint, key: string) =>
      wait({ record: recordAt(offset, key), waitsFor: 'one.example' });
    expect([await take(1n, 'many'), await take(2n, 'many'), await take(3n, 'many')]).toEqual([
      true,
      true,
      false,
    ]);
    // What another process has put off counts after a while.
    await putOff(store.pool, 'test', { record: recordAt(4n, 'other'), waitsFor: 'one.example' });
    at += 1000;
    expect([await take(5n, 'single'), await take(6n, 'single')]).toEqual([true, false]);
    await store.pool.query('DELETE FROM record_later WHERE log_offset = 4');
    at += 1000;
    const large = { ...recordAt(7n, 'large'), value: Buffer.alloc(7) };
    expect(await wait({ record: large, waitsFor: 'one.example' })).toBe(false);
    expect(await take(8n, 'large')).toBe(true);
    expect((await countLater(store.pool, 'test')).records).toBe(4);
  });

  it('gives a record up when its host has been away for too long', async () => {
    await putOff(store.pool, 'test', { record: recordAt(1n, 'a'), waitsFor: 'away.example' });
    await store.pool.query(
      `UPDATE record_later SET first_failed_at = now() - interval '16 minutes', attempts = 2`,
    );
    const outcome: Outcome = {
      ...{ kind: 'failed', reason: 'media-unreachable', message: 'no answer', retry: true },
    };
    const queue = startLaterQueue({
      ...{ db: store.pool, log, stage: 'test', savePayload: keepBytes(store.pool) },
      attempt: () => Promise.resolve({ outcome, waitsFor: 'away.example' }),
      pace: FETCH_PACE,
      away: () => ['away.example'],
      observe: () => undefined,
      onError: (error) => {
        throw error;
      },
    });
    await vi.waitFor(async () => expect(await listDeadLetters(log, store.pool)).toHaveLength(1), WAIT);
    await queue.stop();
    const [letter] = await listDeadLetters(log, store.pool);
    expect(letter).toMatchObject({ stage: 'test', attempts: 3, error: { reason: 'media-unreachable' } });
    expect((await countLater(store.pool, 'test')).records).toBe(0);
  });
});
