import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../index.ts';

function compile(...queries: string[]) {
  return compileTextMatcher(
    queries.map((text, index) => ({ campaignId: 'c', term: { id: `q${index}`, text, kind: 'query' } })),
  ).matcher;
}

function takes(query: string, text: string): boolean {
  return compile(query).match(text).length === 1;
}

const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['velora AND serum', ['the serum by Velora'], ['Velora', 'serum']],
  ['velora serum', ['the serum by VELORA'], ['velora']],
  ['velora OR lumina', ['a Lumina', 'v e l o r a'], ['luminous']],
  ['velora NOT review', ['velora'], ['velora review']],
  ['velora -review', ['velora'], ['a review of velora']],
  ['"velora mist"', ['Velora Mist', '#VeloraMist', 'V𝐞lora m1st'], ['mist of velora']],
  ['launch NEAR/2 friday', ['launch on this Friday', 'friday launch'], ['launch is not before next Friday']],
  ['velo*', ['velocity', 'Velora'], ['bevelo']],
  ['#launch', ['big #Launch'], ['the launch', '@launch']],
  ['@velora', ['by @Velora'], ['by velora', '#velora']],
  ['{Kindling}', ['Kindling'], ['kindling', 'KINDLING']],
  ['(velora OR lumina) AND (leak* OR early)', ['Lumina leaked', 'early velora'], ['velora', 'leaks']],
  ['("glow serum" OR mist) NEAR/3 velora', ['velora new glow serum'], ['velora is what I use for my mist']],
  ['velora AND NOT (review OR sponsored)', ['velora!'], ['velora sponsored']],
  ['a OR b AND c', ['a', 'b c'], ['b', 'c']],
];

describe('a query takes what it says', () => {
  it.each(cases)('%s', (query, taken, refused) => {
    for (const text of taken) expect(takes(query, text), text).toBe(true);
    for (const text of refused) expect(takes(query, text), text).toBe(false);
  });

  it('is reported by a leaf that it cannot do without', () => {
    const [match] = compile('serum AND "velora mist"').match('a serum, the Velora-Mist');
    expect(match).toMatchObject({
      itemId: 'q0',
      matched: 'Velora-Mist',
      how: ['query', 'case', 'separated'],
    });
  });

  it('stands beside names and other queries', () => {
    const { matcher } = compileTextMatcher([
      { campaignId: 'c', term: { id: 'q', text: 'velora AND early', kind: 'query' } },
      { campaignId: 'c', term: { id: 'n', text: 'Velora' } },
      { campaignId: 'd', term: { id: 'q', text: 'velora OR lumina', kind: 'query' } },
    ]);
    const found = matcher.match('Velora, early').map(({ campaignId, itemId }) => `${campaignId}/${itemId}`);
    expect(found.sort()).toEqual(['c/n', 'c/q', 'd/q']);
  });
});
