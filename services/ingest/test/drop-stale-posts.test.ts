import { describe, expect, it } from 'vitest';
import { type PostThreadState } from '../queries/lock-post-threads.ts';
import { checkPost } from '../steps/check-post.ts';
import { dropStalePosts, threadedPost, type ThreadedPost } from '../steps/drop-stale-posts.ts';
import { createFindCreator } from '../steps/find-creator.ts';
import { normalisePost } from '../steps/normalise-post.ts';
import { sourceOf } from './support/memory-source.ts';

/** `c1`: created as revision 1; `u3`: updated to revision 3; `d5`: deleted, with the number 5. Each has its own text. */
function post(notation: string): ThreadedPost {
  const op = { c: 'create', u: 'update', d: 'delete' }[notation.charAt(0)];
  return threaded({ op, revision: Number(notation.slice(1)), text: notation });
}

function threaded(submitted: Record<string, unknown>, observedAt = '12:00'): ThreadedPost {
  const check = checkPost({
    place: 'p:1',
    raw: JSON.stringify({ id: 'one', ...submitted }),
    checkpoint: null,
  });
  if (!check.ok) throw new Error(check.refusal.message);
  const normalised = normalisePost(check.post, {
    source: sourceOf([]),
    findCreator: createFindCreator([]),
    observedAt: instant(observedAt),
  });
  return threadedPost(normalised);
}

function instant(time: string): Date {
  return new Date(`2026-11-20T${time}:00Z`);
}

function fatesOf(notations: string, repeatNewest = false): string {
  // Each post in a batch of its own, then all in one: it must not matter.
  return fatesOfPosts(notations.split(' ').map(post), repeatNewest);
}

function fatesOfPosts(posts: readonly ThreadedPost[], repeatNewest = false): string {
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

describe('posts that say the same or something else', () => {
  const at = (time: string) => instant(time).toISOString();
  const timedEdit = (text: string) => threaded({ text, editedAt: at('10:00') });
  const untimedEdit = (text: string, seen: string) => threaded({ text, op: 'update' }, seen);
  const made = (text: string, time?: string) =>
    threaded({ text, ...(time === undefined ? {} : { publishedAt: at(time) }) });
  const deleted = (time: string) => threaded({ op: 'delete', deletedAt: at(time) });
  const picture = (url: string) => threaded({ media: [{ url }] });

  it.each([
    ['a changed text without a number', [made('a'), made('b')], 'published published'],
    ['that again', [made('a'), made('b'), made('b')], 'published published duplicate'],
    ['a late repeat of the first', [made('a'), made('b'), made('a')], 'published published older-revision'],
    [
      'two edits under one time',
      [made('a'), timedEdit('b'), timedEdit('c')],
      'published published published',
    ],
    ['a third', [timedEdit('b'), timedEdit('c'), timedEdit('d')], 'published published published'],
    [
      'the newest of them again',
      [timedEdit('b'), timedEdit('c'), timedEdit('c')],
      'published published duplicate',
    ],
    [
      'the first again',
      [timedEdit('b'), timedEdit('c'), timedEdit('b')],
      'published published older-revision',
    ],
    [
      'an edit without a time, polled twice',
      [made('a'), untimedEdit('b', '12:01'), untimedEdit('b', '12:02')],
      'published published duplicate',
    ],
    [
      'an edit without a time that goes back',
      [made('a'), untimedEdit('b', '12:01'), untimedEdit('a', '12:02')],
      'published published published',
    ],
    [
      'an edit from the future, polled twice',
      ['12:01', '12:02'].map((seen) => threaded({ text: 'b', editedAt: at('23:00') }, seen)),
      'published duplicate',
    ],
    [
      'a post made again under a deleted id',
      [made('a', '09:00'), deleted('10:00'), made('b', '11:00')],
      'published published published',
    ],
    [
      'one made again with an older time',
      [made('a', '09:00'), deleted('10:00'), made('b', '08:00')],
      'published published published',
    ],
    [
      'one made again with the same text',
      [made('a', '09:00'), deleted('10:00'), made('a', '11:00')],
      'published published published',
    ],
    [
      'a repeat of the deleted one',
      [made('a', '09:00'), deleted('10:00'), made('a', '09:00')],
      'published published older-revision',
    ],
    [
      'a post that comes after its deletion',
      [deleted('10:00'), made('a', '09:00')],
      'published older-revision',
    ],
    [
      'one made again and deleted again, twice told',
      [made('a', '09:00'), deleted('10:00'), made('b', '11:00'), deleted('11:30'), deleted('11:30')],
      'published published published published duplicate',
    ],
    [
      'another picture under the same words',
      [picture('https://a.test/1.jpg'), picture('https://a.test/2.jpg')],
      'published published',
    ],
  ])('%s', (_name, posts, fates) => {
    expect(fatesOfPosts(posts)).toBe(fates);
  });

  it('have ids of their own, in growing revisions', () => {
    const posts = [made('a', '09:00'), deleted('10:00'), made('b', '11:00'), deleted('11:30')];
    const { fates } = dropStalePosts(posts, new Map(), { repeatNewest: false });
    expect(new Set(fates.map((fate) => fate.post.id)).size).toBe(4);
    expect(fates[2]!.post).toMatchObject({ op: 'update', revision: instant('10:00').getTime() + 1 });
  });

  it('whose number was raised are told again by a replay under the same id', () => {
    const { fates } = dropStalePosts([made('a'), made('b'), made('b')], new Map(), { repeatNewest: true });
    expect(fates[2]).toEqual(fates[1]);
  });
});
