/** SKUs are found by value: letters and digits, whatever stands between them. A longer code or other figures are another product. */
import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../index.ts';

function matcherOf(...texts: string[]) {
  const items = texts.map((text) => ({ campaignId: 'c', term: { id: text, text, kind: 'sku' } }));
  return compileTextMatcher(items).matcher;
}

const TABLE: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    'RT6-W03',
    [
      ...[
        'RT6-W03',
        'rt6w03',
        'RT6_W03',
        'RT6 W03',
        'RT6.W03',
        'RT6 - W03',
        'RT 6 W 03',
        'RT6–W03',
        '(RT6-W03)',
      ],
      ...[
        'RT6-WO3',
        'rt6_wo3 leaked',
        'DSC_RT6_W03_01.jpg',
        'IMG_0231_RT6-W03.png',
        'RT6_W03_final',
        'RT6-W03-02.jpg',
      ],
      ...['#RT6W03', '新作RT6-W03です', 'RT6-W03, they say', 'item RT6/W03', 'SKU-RT6-W03'],
    ],
    [
      ...[
        'RT6-W04',
        'RT6-W033',
        'RT6-W03-7',
        'RT6-W03X',
        'RT6-W0',
        'XRT6-W03',
        'RT7-W03',
        'RT6-W8',
        'RT6W03A1',
        'RT6-W3',
      ],
      ...['RT6, W03', 'RT6! W03', 'RT6-W03.5'],
    ],
  ],
  [
    'MV20-I7',
    ['MV2O-17', 'MV20-l7', 'mv20i7', 'MV20 I7', 'MV20-17'],
    ['MV20 I 8', 'MV20-L7', 'mv20-l7', 'MV21-I7', '20-17', 'MV-I7', 'MV20-J7'],
  ],
  [
    'GK-6631B',
    ['GK-663IB', 'GK six six three one B', 'gk six-six-three-one-b', 'GK–6631b'],
    ['GK-66318', 'GK-6631BC', 'GK-6631', 'GK-6632B', 'GK-G631B', 'GK-6631B-2', 'GK six six three two B'],
  ],
  ['GK-6528A', ['GK-6S28A', 'GK-65Z8A', 'gk6528a'], ['GK-652BA', 'GK-S528A', 'GK-6528']],
  ['IO-10', [], ['10 10', '10-10', 'IO 1', 'io I0']],
];

describe('a SKU', () => {
  it.each(TABLE)('%s is found by value only', (text, taken, refused) => {
    const matcher = matcherOf(text);
    for (const post of [text, ...taken]) expect(matcher.match(post), post).toHaveLength(1);
    for (const post of refused) expect(matcher.match(post), post).toEqual([]);
  });

  it('tells how it was written, and where', () => {
    const [match] = matcherOf('RT6-W03').match('see DSC_RT6_WO3_01.jpg');
    expect(match).toMatchObject({ matched: 'RT6_WO3', span: [8, 15], how: ['confusable'] });
  });

  it('is told from others of its series', () => {
    const matcher = matcherOf('RT6-W03', 'RT6-W04', 'RT6-W03B', 'RT6-W3');
    const found = (post: string) => matcher.match(post).map(({ itemId }) => itemId);
    expect(found('RT6_WO4')).toEqual(['RT6-W04']);
    expect(found('rt6 w03b, rt6_w3')).toEqual(['RT6-W03B', 'RT6-W3']);
  });
});
