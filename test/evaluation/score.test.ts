import { expect, it } from 'vitest';
import { formatScore, scorePairs } from './score.ts';

it('counts pairs found, missed and wrong, all together and by family, a repeated one once', () => {
  const posts = [
    { id: 'p1', family: 'crop', leaks: ['a'] },
    { id: 'p2', family: 'crop', leaks: ['b'] },
    { id: 'p3', family: 'real', leaks: [] },
  ];
  const score = scorePairs(posts, [
    { postId: 'p1', itemId: 'a' },
    { postId: 'p1', itemId: 'a' },
    { postId: 'p2', itemId: 'c' },
    { postId: 'p3', itemId: 'a' },
  ]);
  expect(score.all).toEqual({ posts: 3, labelled: 2, found: 1, wrong: 2 });
  expect(score.families.get('crop')).toEqual({ posts: 2, labelled: 2, found: 1, wrong: 1 });
  expect(score.missed).toEqual([{ postId: 'p2', itemId: 'b', family: 'crop' }]);
  expect(score.wrong.map((pair) => pair.postId)).toEqual(['p2', 'p3']);
  expect(formatScore(score)).toContain(
    'precision 0.3333, recall 0.5000 over 2 labelled pairs, 2 false pairs',
  );
});
