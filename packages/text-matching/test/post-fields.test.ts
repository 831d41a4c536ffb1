import { describe, expect, it } from 'vitest';
import { type TextField } from '@leakwatch/contracts';
import { compileTextMatcher } from '../index.ts';

const { matcher } = compileTextMatcher([
  { campaignId: 'c', term: { id: 'mist', text: 'Velora Mist' } },
  { campaignId: 'c', term: { id: 'needs', text: 'Kindling', policy: { require: ['serum'] } } },
  { campaignId: 'c', term: { id: 'never', text: 'Dewfall', policy: { exclude: ['review'] } } },
  { campaignId: 'c', term: { id: 'both', kind: 'query', text: 'velora AND early' } },
  { campaignId: 'c', term: { id: 'near', kind: 'query', text: 'velora NEAR/9 early' } },
  { campaignId: 'c', term: { id: 'regex', kind: 'query', text: '/drop \\d+/' } },
]);

function found(...fields: readonly TextField[]) {
  return matcher
    .matchPost({ fields })
    .map(({ itemId, field, matched, span }) => {
      expect(fields[field]?.text.slice(...span)).toBe(matched);
      return `${itemId} in ${field}`;
    })
    .sort();
}

describe('the fields of a post', () => {
  it('are scanned apart: no name begins in one and ends in the next', () => {
    expect(found({ kind: 'caption', text: 'by Velora' }, { kind: 'alt-text', text: 'Mist' })).toEqual([]);
    expect(found({ kind: 'caption', text: 'nothing' }, { kind: 'alt-text', text: 'Velora Mist' })).toEqual([
      'mist in 1',
    ]);
  });

  it('answer a query together, and NEAR within one of them', () => {
    expect(found({ kind: 'caption', text: 'so early' }, { kind: 'place', text: 'Velora Park' })).toEqual([
      'both in 1',
    ]);
    expect(found({ kind: 'caption', text: 'early Velora' })).toEqual(['both in 0', 'near in 0']);
  });

  it('answer what a policy requires or excludes together', () => {
    expect(found({ kind: 'caption', text: 'Kindling' })).toEqual([]);
    expect(found({ kind: 'title', text: 'Serum' }, { kind: 'caption', text: 'Kindling' })).toEqual([
      'needs in 1',
    ]);
    expect(found({ kind: 'caption', text: 'Dewfall' }, { kind: 'alt-text', text: 'a box' })).toEqual([
      'never in 0',
    ]);
    expect(found({ kind: 'caption', text: 'Dewfall' }, { kind: 'alt-text', text: 'a review' })).toEqual([]);
  });

  it('are all tried by a regex that no word leads to', () => {
    expect(found({ kind: 'caption', text: 'nothing' }, { kind: 'file-name', text: 'drop 28' })).toEqual([
      'regex in 1',
    ]);
  });

  it('give the surest find of each term', () => {
    expect(
      found(
        { kind: 'caption', text: 'v e l o r a mist' },
        { kind: 'title', text: 'Velora Mist' },
        { kind: 'alt-text', text: 'veloraa mist' },
      ),
    ).toEqual(['mist in 1']);
  });

  it('that stand in each post of a creator answer in each', () => {
    const post = (caption: string): TextField[] => [
      { kind: 'caption', text: caption },
      { kind: 'display-name', text: 'Velora Mist' },
      { kind: 'handle', text: 'quiet.kettle' },
    ];
    expect(found(...post('nothing'))).toEqual(['mist in 1']);
    expect(found(...post('nothing, again'))).toEqual(['mist in 1']);
    expect(found({ kind: 'handle', text: 'quiet.kettle' }, { kind: 'caption', text: 'Velora Mist' })).toEqual(
      ['mist in 1'],
    );
    // A query that needs both fields answers each time.
    expect(found({ kind: 'caption', text: 'velora' }, { kind: 'handle', text: 'quiet.early' })).toEqual([
      'both in 0',
    ]);
    expect(found({ kind: 'caption', text: 'velora' }, { kind: 'handle', text: 'quiet.early' })).toEqual([
      'both in 0',
    ]);
  });
});
