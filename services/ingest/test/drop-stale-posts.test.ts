import { postThreadId } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import { type PostThreadState } from '../queries/lock-post-threads.ts';
import { checkPost } from '../steps/check-post.ts';
import { dropStalePosts, type ThreadedPost } from '../steps/drop-stale-posts.ts';
import { createFindCreator } from '../steps/find-creator.ts';
import { normalisePost } from '../steps/normalise-post.ts';
import { sourceOf } from './support/memory-source.ts';

/** `c1`: created as revision 1; `u3`: updated to revision 3; `d5`: deleted, with the number 5. */
function post(notation: string): ThreadedPost {
  const op = { c: 'create', u: 'update', d: 'delete' }[notation.charAt(0)];
  const raw = JSON.stringify({ id: 'one', op, revision: Number(notation.slice(1)), text: 'x' });
  const check = checkPost({ place: 'p:1', raw, checkpoint: null });
  if (!check.ok) throw new Error(check.refusal.message);
  const normalised = normalisePost(check.post, {
    source: sourceOf([]),
    findCreator: createFindCreator([]),
    observedAt: new Date('2026-11-20T12:00:00Z'),
  });
  return { post: normalised, threadId: postThreadId(normalised) };
}

function fatesOf(notations: string, repeatNewest = false): string {
  // Each post in a batch of its own, then all in one: it must not matter.
  const posts = notations.split(' ').map(post);
  const known = new Map<string, PostThreadState>();
  const apart = posts.flatMap((one) => {
    const { fates, moved } = dropStalePosts([one], known, { repeatNewest });
    for (const [thread, state] of moved) known.set(thread, state);
    return fates;
  });
  const together = dropStalePosts(posts, new Map(), { repeatNewest });
  expect(together.fates).toEqual(apart);
  expect(together.moved.get(posts[0]!.threadId)).toEqual(known.get(posts[0]!.threadId));
  return apart.map((fate) => (fate.publish ? 'published' : fate.reason)).join(' ');
}

describe('which revisions flow on', () => {
  it.each([
    ['c1', 'published'],
    ['c1 c1', 'published duplicate'],
    ['c1 u2 u3', 'published published published'],
    ['u2 c1', 'published older-revision'],
    ['c1 u3 u2 u3', 'published published older-revision duplicate'],
    ['c1 d9 d9', 'published published duplicate'],
    ['u3 d2', 'published published'],
    ['d1 c1', 'published older-revision'],
    ['d9 u4', 'published older-revision'],
    ['c1 d2 u3', 'published published published'],
  ])('%s: %s', (notations, fates) => {
    expect(fatesOf(notations)).toBe(fates);
  });

  it('the newest once more where a replay asks for it, and no older one', () => {
    expect(fatesOf('c1 c1', true)).toBe('published published');
    expect(fatesOf('c1 u2 c1', true)).toBe('published published older-revision');
  });
});
