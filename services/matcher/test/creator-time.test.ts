import { EVENTS, hashId, postId, type Post } from '@leakwatch/contracts';
import { encodeEvent, type LogRecord } from '@leakwatch/event-log';
import { compileWatchList } from '@leakwatch/matching';
import { expect, it } from 'vitest';
import { createTextLane } from '../pipeline.ts';
import { createCreatorTime } from '../steps/creator-time.ts';

const AT = '2026-09-01T12:00:00.000Z';

it('one creator may take so long in a minute, and short posts do not count', () => {
  let now = 0;
  const time = createCreatorTime(() => now);
  for (let n = 0; n < 10_000; n++) time.spend('quick', 1);
  expect(time.isSpent('quick')).toBe(false);
  time.spend('long', 900);
  expect(time.isSpent('long')).toBe(false);
  time.spend('long', 200);
  expect(time.isSpent('long')).toBe(true);
  expect(time.isSpent('another')).toBe(false);
  now += 60_000;
  expect(time.isSpent('long')).toBe(false);
});

function recordOf(nativeId: string, creatorId: string, text: string): LogRecord {
  const identity = { platform: 'test', instance: 'local', nativeId, revision: 1, op: 'create' as const };
  const post: Post = {
    ...{
      schemaVersion: 1,
      type: 'post',
      creatorId,
      canonicalUrl: null,
      inReplyTo: null,
      repostOf: null,
      text,
    },
    ...{ contentRaw: null, lang: null, links: [], tags: [], media: [], publishedAt: AT, editedAt: null },
    ...{ deletedAt: null, observedAt: AT },
    author: { nativeId: 'a1', handle: 'ana', displayName: null, url: null },
    provenance: {
      ...{ connector: 'test', transport: 'test', cursor: null, rawSha256: hashId(nativeId), signature: null },
    },
    ...identity,
    id: postId(identity),
  };
  const attributes = { id: post.id, key: creatorId, source: '/test', time: new Date(AT) };
  return {
    ...encodeEvent(EVENTS.post, post, attributes),
    partition: 0,
    offset: 0n,
    appendedAt: new Date(AT),
  };
}

it('posts of a creator that has taken its time are put off, and found when their turn comes', async () => {
  const list = compileWatchList({
    version: 1,
    campaigns: [
      {
        ...{ id: 'launch', name: 'Launch', sensitivity: 'normal', assets: [], approvedPosts: [] },
        terms: [{ id: 't1', text: 'Quillon Ember' }],
      },
    ],
  });
  const creatorTime = createCreatorTime();
  creatorTime.spend('atter', 5000);
  const putOff: [string, string][] = [];
  const lane = createTextLane(
    { watchList: () => list, clock: () => new Date(AT), keep: () => Promise.resolve() },
    {
      followThreads: () => Promise.resolve(new Map()),
      creatorTime,
      putOff: ({ record, waitsFor }) => Promise.resolve(putOff.push([record.key, waitsFor]) === 1),
    },
  );
  const { signal } = new AbortController();
  const long = recordOf('1', 'atter', `${'@'.repeat(1000)} Quillon Ember`);
  const outcomes = await lane.process([long, recordOf('2', 'ana', 'my Quillon Ember')], signal);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['postponed', 'ok']);
  expect(putOff).toEqual([['atter', 'atter']]);
  // There is room for one: the next becomes a dead letter.
  const [full] = await lane.process([long], signal);
  expect(full).toMatchObject({ kind: 'failed', reason: 'too-many-waiting', retry: false });
  const { outcome } = await lane.attempt(long, signal);
  expect(outcome.kind === 'ok' ? outcome.emit.map(({ topic }) => topic) : outcome).toEqual([
    'fingerprints',
    'detections',
  ]);
});
