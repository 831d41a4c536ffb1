import { describe, expect, it } from 'vitest';
import { ThreadMemory, type CaptionEnding } from '../index.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 8, 1, 12, minute));

function ending(threadId: string, minute: number, creatorId = 'ana'): CaptionEnding {
  return {
    ...{ threadId, creatorId, postId: `${threadId}/1`, nativeId: `native-${threadId}`, canonicalUrl: null },
    ...{ publishedAt: at(minute), ending: 'it is called Halden', endingFrom: 0 },
  };
}

function follower(
  threadId: string,
  minute: number,
  changes: { creatorId?: string; inReplyTo?: string } = {},
) {
  return { threadId, creatorId: 'ana', inReplyTo: null, publishedAt: at(minute), ...changes };
}

/** Threads of the endings that a post may continue after others have been counted. */
function before(memory: ThreadMemory, post: ReturnType<typeof follower>, ...others: (typeof post)[]) {
  for (const one of [...others, post]) memory.count(one);
  return memory.endingsBefore(post).map(({ threadId }) => threadId);
}

describe('the memory of threads', () => {
  const remembering = (posts = 1) => {
    const memory = new ThreadMemory({ minutes: 10, posts });
    memory.hold(ending('a', 0));
    return memory;
  };

  it('gives the ending of the post before, within the minutes', () => {
    expect(before(remembering(), follower('b', 10))).toEqual(['a']);
    expect(before(remembering(), follower('b', 11))).toEqual([]);
    expect(before(remembering(), follower('b', -1))).toEqual([]);
  });

  it('keeps creators apart, and a post from itself', () => {
    expect(before(remembering(), follower('b', 1, { creatorId: 'ben' }))).toEqual([]);
    expect(before(remembering(), follower('a', 0))).toEqual([]);
  });

  it('counts the posts between, whatever the order in which they come', () => {
    expect(before(remembering(), follower('c', 2), follower('b', 1))).toEqual([]);
    expect(before(remembering(2), follower('c', 2), follower('b', 1))).toEqual(['a']);
    expect(before(remembering(), follower('c', 2), follower('late', 3), follower('early', -1))).toEqual([
      'a',
    ]);
  });

  it('counts none for a reply', () => {
    expect(before(remembering(), follower('c', 2, { inReplyTo: 'native-a' }), follower('b', 1))).toEqual([
      'a',
    ]);
  });

  it('gives the same again when a post comes again', () => {
    const memory = remembering();
    expect(before(memory, follower('b', 1))).toEqual(['a']);
    expect(before(memory, follower('b', 1))).toEqual(['a']);
  });

  it('forgets the creators whose ending came first when there are too many', () => {
    const memory = remembering();
    for (let index = 0; index < 10_000; index++) memory.hold(ending('z', 0, `creator-${index}`));
    expect(before(memory, follower('b', 1))).toEqual([]);
    expect(before(memory, follower('b', 1, { creatorId: 'creator-9999' }))).toEqual(['z']);
  });
});
