import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../index.ts';

function compile(query: string, isStored = false) {
  const items = [
    { campaignId: 'c', term: { id: 'q', text: query, kind: 'query' } },
    { campaignId: 'c', term: { id: 'n', text: 'Velora' } },
  ];
  return compileTextMatcher(items, { isStored });
}

describe('a query with a part that no post can meet is refused with the reason', () => {
  it.each([
    ['velora NOT vel*', 1, /excludes: `NOT vel\*`/],
    ['velora -velora', 1, /excludes: `NOT velora`/],
    ['"velora mist" NOT velora', 1, /excludes: `NOT velora`/],
    ['velora OR (mist NOT mist)', 12, /no post can meet `mist AND NOT mist`/],
    ['(mist NOT mist) OR velora', 2, /no post can meet `mist AND NOT mist`/],
    ['velora (a OR b) (d OR (e NOT e))', 24, /excludes: `NOT e`/],
    ['platform:x platform:y velora', 10, /can't be both `platform:"x"` and `platform:"y"`; write OR/],
    ['velora NEAR/3 (mist NOT mist)', 1, /excludes: `NOT mist`/],
  ])('%s', (query, position, reason) => {
    expect(() => compile(query)).toThrow(reason);
    expect(() => compile(query)).toThrow(`position ${position}:`);
  });

  it.each([
    'velora NEAR/3 mist NOT "velora mist"',
    'velora AND (platform:x OR platform:y)',
    'velora NEAR/0 mist NEAR/0 velora',
    'title:(a OR b) AND c',
    'velora NEAR/2 (NOT review)',
    '/velora \\d/ NOT review',
    'the AND a',
    'author:someone links:x.example',
  ])('but not %s', (query) => {
    expect(() => compile(query)).not.toThrow();
  });
});

describe('a stored query that this version refuses', () => {
  it('is left out and listed, and the rest stays watched', () => {
    const { matcher, refused } = compile('velora~2 mist', true);
    expect(refused).toMatchObject([{ campaignId: 'c', itemId: 'q' }]);
    expect(matcher.match('velora mist').map(({ itemId }) => itemId)).toEqual(['n']);
  });

  it('is watched where it only has a dead part', () => {
    const { matcher, refused } = compile('velora OR (mist NOT mist)', true);
    expect(refused).toEqual([]);
    expect(matcher.match('velora').map(({ itemId }) => itemId)).toContain('q');
  });
});
