import { EVENTS, hashId, postId, type Post } from '@leakwatch/contracts';
import { decodeEvent, encodeEvent, eventTypeName, type LogRecord } from '@leakwatch/event-log';
import { compileWatchList } from '@leakwatch/matching';
import { type Store } from '@leakwatch/store';
import { openTestStore } from '@leakwatch/store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTextLane } from '../pipeline.ts';
import { readPost } from '../steps/read-post.ts';
import { createCreatorTime } from '../steps/creator-time.ts';
import { createThreadFollower } from '../steps/follow-threads.ts';

const AT = '2026-09-01T12:00:00.000Z';
const GAP = { minutes: 10, posts: 1 };
const list = compileWatchList({
  version: 1,
  campaigns: [
    {
      ...{ id: 'launch', name: 'Launch', sensitivity: 'normal', assets: [], approvedPosts: [] },
      terms: [{ id: 't', text: 'Quillon Ember' }],
    },
  ],
});

let store: Store & { drop(): Promise<void> };
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.drop());

function makePost(nativeId: string, text: string, changes: Partial<Post> = {}): Post {
  const identity = { platform: 'test', instance: 'local', nativeId, revision: 1, op: 'create' as const };
  return {
    ...{
      schemaVersion: 1,
      type: 'post',
      creatorId: 'ana',
      canonicalUrl: null,
      inReplyTo: null,
      repostOf: null,
    },
    author: { nativeId: 'a1', handle: 'ana', displayName: null, url: null },
    ...{ text, contentRaw: null, lang: null, links: [], tags: [], media: [] },
    ...{ publishedAt: AT, editedAt: null, deletedAt: null, observedAt: AT },
    provenance: {
      ...{ connector: 'test', transport: 'test', cursor: null, signature: null },
      rawSha256: hashId(nativeId),
    },
    ...identity,
    id: postId(identity),
    ...changes,
  };
}

const start = makePost('1', 'it is called Quillon');
const end = makePost('2', 'Ember, and soon', { publishedAt: '2026-09-01T12:05:00.000Z' });

async function stored(): Promise<string[]> {
  const { rows } = await store.pool.query('SELECT native_id FROM caption_ending ORDER BY native_id');
  return rows.map((row: { native_id: string }) => row.native_id);
}

function recordOf(post: Post, offset: bigint): LogRecord {
  const options = { id: post.id, key: post.creatorId, source: '/test', time: new Date(AT) };
  return { ...encodeEvent(EVENTS.post, post, options), partition: 0, offset, appendedAt: new Date(AT) };
}

function followerWith(...options: Parameters<typeof createThreadFollower>) {
  const follow = createThreadFollower(...options);
  return (posts: readonly Post[]) => follow(posts.map((post) => readPost(post, list)));
}

describe('the text lane', () => {
  it('finds a name that two posts of a creator share, and says where its first part stands', async () => {
    const lane = createTextLane(
      { watchList: () => list, clock: () => new Date(AT), keep: () => Promise.resolve() },
      {
        followThreads: createThreadFollower(store.pool, GAP),
        creatorTime: createCreatorTime(),
        putOff: () => Promise.reject(new Error('no post is long')),
      },
    );
    const first = { ...start, canonicalUrl: 'https://test.example/1' };
    const other = makePost('3', 'Ember, and soon', { creatorId: 'ben' });
    const outcomes = await lane.process(
      [first, other, end].map((post, at) => recordOf(post, BigInt(at))),
      new AbortController().signal,
    );
    const emitted = outcomes.flatMap((outcome) => (outcome.kind === 'ok' ? outcome.emit : []));
    const found = emitted
      .filter((record) => eventTypeName(record) === EVENTS.detection.type)
      .map((record) => decodeEvent(record, EVENTS.detection));
    expect(found.map(({ post }) => post.nativeId)).toEqual(['2']);
    expect(found[0]).toMatchObject({
      excerpt: 'Quillon … Ember, and soon',
      evidence: {
        ...{ span: [0, 5], matched: 'Ember', how: ['split', 'over-posts'] },
        before: {
          post: { id: first.id, canonicalUrl: 'https://test.example/1' },
          ...{ span: [13, 20], matched: 'Quillon' },
        },
      },
    });
  });
});

describe('following threads', () => {
  it('finds the beginning within a batch, and again when the batch is delivered again', async () => {
    const follow = followerWith(store.pool, GAP);
    for (let delivery = 0; delivery < 2; delivery++) {
      const earlier = await follow([start, end]);
      expect(earlier.get(end.id)?.map(({ postId: id }) => id)).toEqual([start.id]);
    }
    expect(await stored()).toEqual(['1']);
  });

  it('finds what another matcher has seen', async () => {
    await followerWith(store.pool, GAP)([start]);
    const earlier = await followerWith(store.pool, GAP)([end]);
    expect(earlier.get(end.id)).toMatchObject([{ postId: start.id, ending: 'it is called Quillon' }]);
  });

  it('asks for no post and stores none that holds no part', async () => {
    const idle = { query: () => Promise.reject(new Error('asked the database')) };
    const follow = followerWith(idle, GAP);
    const posts = [makePost('1', 'a quiet day'), makePost('2', ''), { ...start, op: 'delete' as const }];
    expect((await follow(posts)).size).toBe(0);
    await expect(follow([start])).rejects.toThrow('asked the database');
  });

  it('does nothing if it is turned off', async () => {
    const follow = followerWith(store.pool, { minutes: 0, posts: 1 });
    expect((await follow([start, end])).size).toBe(0);
    expect(await stored()).toEqual([]);
  });

  it('stores an ending that Postgres cannot hold as it is', async () => {
    const odd = makePost('3', `\0 \ud83d it is called Quillon`);
    await followerWith(store.pool, GAP)([odd, odd]);
    const earlier = await followerWith(store.pool, GAP)([end]);
    expect(earlier.get(end.id)?.[0]?.ending).toHaveLength(odd.text.length);
  });

  it('drops endings of long ago', async () => {
    const follow = followerWith(store.pool, GAP);
    await follow([start]);
    await store.pool.query("UPDATE caption_ending SET noted_at = now() - interval '3 days'");
    await follow([makePost('4', 'it is called Quillon')]);
    expect(await stored()).toEqual(['4']);
  });
});
