import { expect, it } from 'vitest';
import { formatScore, score } from '../bench/score.ts';

it('counts pairs found, missed and wrong, by family', () => {
  const posts = [
    { id: 'p1', family: 'crop', leaks: ['a'] },
    { id: 'p2', family: 'crop', leaks: ['b'] },
    { id: 'p3', family: 'innocent', leaks: [] },
  ];
  const found = [
    { postId: 'p1', assetId: 'a' },
    { postId: 'p1', assetId: 'a' },
    { postId: 'p2', assetId: 'c' },
    { postId: 'p3', assetId: 'a' },
  ];
  const result = score(posts, found);
  expect(result).toMatchObject({ recall: 0.5, falsePairs: 2, innocentPosts: 1, innocentFalsePairs: 1 });
  expect(result.missed).toEqual([{ postId: 'p2', assetId: 'b' }]);
  expect(formatScore(result)).toContain('50.0%');
});
