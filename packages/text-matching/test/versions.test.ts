/** Versions, generations and models: one value in many spellings, and never another value. */
import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../index.ts';

function finder(...texts: string[]) {
  const items = texts.map((text) => ({ campaignId: 'c', term: { id: text, text } }));
  const { matcher } = compileTextMatcher(items);
  return (post: string) => matcher.match(post).map(({ itemId }) => itemId);
}

const TABLE: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    'Corvane Mark II',
    [
      ...[
        'Corvane Mark 2',
        'corvane mark two',
        'Corvane MKII',
        'corvane mk 2',
        'Corvane Mk2',
        'CORVANE MARK II',
      ],
      ...['#CorvaneMarkII', 'Corvane Mark-II', 'the Corvane Mark IIs', 'Corrrvane Mark II'],
    ],
    [
      'Corvane Mark III',
      'Corvane Mark I',
      'corvane mark iii',
      'Corvane mark three',
      'Corvane MKIII',
      'Corvane Mark IV',
    ],
  ],
  [
    'Corvane Gen 3',
    [
      ...['third-gen corvane', '3rd gen Corvane', 'the third generation corvane', 'corvane gen three'],
      ...['corvane 3rd generation', 'Corvane generation 3'],
    ],
    ['second-gen corvane', 'corvane gen 2', 'third gen thessaly', 'next-gen corvane'],
  ],
  ['3rd Gen Corvane', ['corvane gen 3', 'Corvane third generation'], ['corvane gen 4']],
  ['Corvane 3', ['corvane third gen', 'third-gen corvane', '3rd generation Corvane'], ['fourth-gen corvane']],
  [
    'Thessaly VI',
    ['thessaly six', 'thessaly 6', 'THESSALY VI', 'Thessaly-VI'],
    ['thessaly VII', 'thessaly viii', 'thessaly 7', 'Thessaly V', 'Thessaly IV'],
  ],
  [
    'Corvane X',
    ['corvane x', '#CorvaneX'],
    ['corvane 10', 'corvane ten', 'the Corvane came out', 'Corvane T'],
  ],
  ['Part X', ['part ten', 'part 10'], ['part xi', 'part 9']],
  [
    'Corvane S',
    ['corvane s', 'CorvaneS', 'CORVANE S', 'CORVANES', '#corvanes'],
    ['the Corvane came out', 'the Corvane’s box', "the corvane's box", 'many Corvanes', 'Corvane T'],
  ],
  [
    'Lumora v2.1',
    ['lumora 2.1', 'Lumora v2.1', 'Lumora version 2.1', 'LumoraV2.1', '#Lumorav21'],
    ['Lumora v21', 'lumora 21', 'Lumora v2.2', 'lumora v2', 'lumora 2.10'],
  ],
  [
    'Lumora 2nd gen',
    ['lumora gen 2', 'Lumora second gen', 'lumora 2nd generation', 'Lumora Gen2', 'lumora generation two'],
    ['lumora gen 3', 'lumora 3rd gen', 'lumora 2', 'lumora second', 'lumora gen 22'],
  ],
];

describe('a version', () => {
  it.each(TABLE)('of %s is found in any spelling, and no other', (text, taken, refused) => {
    const find = finder(text);
    for (const post of [text, ...taken]) expect(find(post), post).toEqual([text]);
    for (const post of refused) expect(find(post), post).toEqual([]);
  });
});

describe('a figure in a numeral’s place', () => {
  it.each([
    ['Solvane Mark II', ['Solvane Mark 1', 'solvane mk1', 'Solvane Mark 11', 'Solvane Mark 3']],
    ['Solvane Mark 2', ['solvane mark I', 'solvane mark III', 'solvane mark 1']],
    ['Brennick II', ['brennick 1', 'brennick 11', 'Brennick']],
    ['Brennick 2', ['brennick 1', 'brennick 3']],
    ['Orlave Part III', ['orlave part 1', 'orlave part 2']],
  ])('of another value is no disguise of %s', (name, posts) => {
    const find = finder(name);
    expect(find(`the ${name} is here`)).toEqual([name]);
    for (const post of posts) expect(find(post), post).toEqual([]);
  });

  it('may stand in a name that holds a Roman word', () => {
    expect(finder('Xi Lantern 3')('XI LANTERN THREE')).toEqual(['Xi Lantern 3']);
  });
});

describe('of two names of one family', () => {
  it.each([
    ['Corvane', 'Corvane S', 'the corvane s is here'],
    ['Lumora', 'Lumora 3', 'lumora 3 is here'],
    ['Lumora', 'Lumora v2.1', 'lumora 2.1'],
    ['Thessaly', 'Thessaly VI', 'thessaly six'],
  ])('the longer is named, not %s', (shorter, longer, post) => {
    expect(finder(shorter, longer)(post)).toEqual([longer]);
    expect(finder(shorter)(post)).toEqual([shorter]);
  });

  it('both are found where both stand', () => {
    expect(finder('Corvane', 'Corvane S')('the Corvane, and the Corvane S')).toEqual([
      'Corvane',
      'Corvane S',
    ]);
  });
});

it('a name that stands alone is not its own second model with a typo', () => {
  const find = finder('Zenvepri', 'Zenvepri 2');
  expect(find('so it will be Zenvepri apparently')).toEqual(['Zenvepri']);
  expect(find('so it will be Zenvepri 2 apparently')).toEqual(['Zenvepri 2']);
});
