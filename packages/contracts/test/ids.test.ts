import { describe, expect, it } from 'vitest';
import { hashId, postId, postThreadId } from '../index.ts';

describe('ids', () => {
  const post = { platform: 'p', instance: 'i', nativeId: '1', revision: 1, op: 'create' as const };

  it('are the same for the same identity and differ with every part', () => {
    expect(postId(post)).toBe(postId({ ...post }));
    const others = [
      { ...post, platform: 'q' },
      { ...post, instance: 'j' },
      { ...post, nativeId: '2' },
      { ...post, revision: 2 },
      { ...post, op: 'delete' as const },
    ];
    expect(new Set([post, ...others].map(postId)).size).toBe(6);
  });

  it('give all deletions of a post one tombstone', () => {
    expect(postId({ ...post, op: 'delete', revision: 3 })).toBe(
      postId({ ...post, op: 'delete', revision: 9 }),
    );
  });

  it('keep a post one thread across its revisions', () => {
    expect(postThreadId(post)).toBe(postThreadId({ ...post, nativeId: '1' }));
  });

  it('do not run parts together', () => {
    expect(hashId('ab', 'c')).not.toBe(hashId('a', 'bc'));
    expect(hashId('1')).not.toBe(hashId(1));
  });
});
