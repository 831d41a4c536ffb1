/** Where a name may begin and end. */
import { describe, expect, it } from 'vitest';
import { foldText } from '../../fold/fold-text.ts';
import { compileTextMatcher } from '../../index.ts';
import { addedEndings } from '../../languages/endings.ts';
import {
  AT_PART,
  AT_WORD,
  NOWHERE,
  WITHIN,
  endEdge,
  endOfEnding,
  startEdge,
} from '../../verify/boundaries.ts';

/** text with `|` at the edge · expected edge there */
const starts: readonly (readonly [string, number])[] = [
  ['|velora', AT_WORD],
  ['the |velora', AT_WORD],
  ['the-|velora', AT_WORD],
  ['the|velora', WITHIN],
  ['the|Velora', AT_PART],
  ['这是|velora', AT_WORD],
  ['é|velora', WITHIN],
  ['3|velora', AT_PART],
  ['3|5', NOWHERE],
  ['3.|5', NOWHERE],
  ['3,|5', NOWHERE],
  ['3 |5', AT_WORD],
  ['3, |5', AT_WORD],
  ['v|5', AT_PART],
  ['3,- |5', AT_WORD],
  ['|5', AT_WORD],
];
const ends: readonly (readonly [string, number])[] = [
  ['velora|', AT_WORD],
  ['velora| it', AT_WORD],
  ['velora|!', AT_WORD],
  ['velora|nt', WITHIN],
  ['velora|Now', AT_PART],
  ['velora|9', AT_PART],
  ['velora9|Now', AT_PART],
  ['velora9|s', WITHIN],
  ['新月|口红', AT_WORD],
  ['velora 3|5', NOWHERE],
  ['velora 3|.5', NOWHERE],
  ['velora 3|-5', NOWHERE],
  ['velora 3| 5', AT_WORD],
  // Hangul ends a word of another alphabet; after a digit only particles do, as `3개` is another number.
  ['velora|은', AT_WORD],
  ['velora|ㅋㅋ', AT_WORD],
  ['velora|ㅇlia', WITHIN],
  ['velora|ㅋlia', WITHIN],
  ['velora|ㅋ3', WITHIN],
  ['velora|ㅋㅋ!', AT_WORD],
  ['velora|ㅇ가', WITHIN],
  ['velora|가나다', AT_WORD],
  ['velora 3|가나다', WITHIN],
  ['velora 3|은x', WITHIN],
  ['velora 3|은3', WITHIN],
  ['velora 3|개는', WITHIN],
  ['velora 3|은 x', AT_WORD],
  ['velora 3|은', AT_WORD],
  ['velora 3|에서는', AT_WORD],
  ['velora 3|개', WITHIN],
  ['велора|은', AT_WORD],
  ['新|velora', AT_WORD],
];

function edgeOf(marked: string, edge: typeof startEdge): number {
  const at = foldText(marked.slice(0, marked.indexOf('|'))).length;
  return edge(foldText(marked.replace('|', '')), at);
}

describe('edges', () => {
  it.each(starts)('start of %s', (marked, expected) => {
    expect(edgeOf(marked, startEdge)).toBe(expected);
  });
  it.each(ends)('end of %s', (marked, expected) => {
    expect(edgeOf(marked, endEdge)).toBe(expected);
  });

  it('lie never within one character', () => {
    const text = foldText('ﬁ');
    expect(startEdge(text, 1)).toBe(NOWHERE);
    expect(endEdge(text, 1)).toBe(NOWHERE);
  });
});

describe('endings', () => {
  const endings = addedEndings('en');
  it('reach to the end of the word', () => {
    expect(endOfEnding(foldText('veloras are'), 6, endings)).toBe(7);
    expect(endOfEnding(foldText('veloraes'), 6, endings)).toBe(8);
    expect(endOfEnding(foldText('veloranic'), 6, endings)).toBe(-1);
    expect(endOfEnding(foldText('velorasx'), 6, endings)).toBe(-1);
  });

  it('are taken in Hangul after Hangul only', () => {
    const name = foldText('달빛').length;
    const limit = foldText('달빛에서').length;
    expect(endOfEnding(foldText('달빛에서'), name, endings)).toBe(limit);
    expect(endOfEnding(foldText('velora에서'), 6, endings)).toBe(-1);
    expect(endOfEnding(foldText('달빛s'), name, new Set())).toBe(-1);
    expect(endOfEnding(foldText('달빛에s'), name, endings)).toBe(-1);
    expect(endOfEnding(foldText('달빛에서는'), name, endings)).toBe(foldText('달빛에서는').length);
    expect(endOfEnding(foldText('달빛서림문고'), name, endings)).toBe(-1);
  });
});

describe('Korean particles', () => {
  const particles = [
    '은',
    '는',
    '이',
    '가',
    '을',
    '를',
    '의',
    '에',
    '와',
    '과',
    '도',
    '까지',
    '로',
    '에서',
    '부터',
  ];
  it.each(particles)('달빛세럼%s is the name with an ending', (particle) => {
    const { matcher } = compileTextMatcher([{ campaignId: 'c', term: { id: 't', text: '달빛세럼' } }]);
    const [match] = matcher.match(`새로운 달빛세럼${particle} 나왔다`);
    expect(match?.matched).toBe(`달빛세럼${particle}`);
    expect(match?.how).toContain('inflected');
  });
});
