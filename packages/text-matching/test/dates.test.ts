/** Dates are found by value: day and month in the ways of many languages. Another year is another day. */
import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../index.ts';

function compile(text: string, lang?: string) {
  const term = { id: 't', text, kind: 'date', ...(lang === undefined ? {} : { lang }) };
  return compileTextMatcher([{ campaignId: 'c', term }]);
}

describe('a month', () => {
  it.each([
    ['2028-09-14', undefined, '14 sept'],
    ['2028-09-14', undefined, 'Sept. 14th'],
    ['2028-09-14', undefined, '14 tháng 9'],
    ['2028-09-14', undefined, '14 tháng 9, 2028'],
    ['2028-09-14', undefined, '14 בספטמבר'],
    ['2028-09-14', undefined, '14 септември'],
    ['2028-02-11', 'fr', '11 fév.'],
    ['2028-02-11', undefined, '11 févr. 2028'],
    ['2028-01-11', undefined, '11 janv. 2028'],
  ])('of %s (%s) may be short or in another language: %s', (text, lang, post) => {
    expect(compile(text, lang).matcher.match(post)).toHaveLength(1);
  });

  it.each([
    ['2028-09-14', '14 set. of cups'],
    ['2028-06-14', '14 ju. x'],
    ['2028-07-14', '14 juni. x'],
    ['2028-09-14', '14 tháng 19'],
    ['2028-09-14', '14 tháng 9, 2027'],
    ['2028-05-14', 'may 14% of us'],
    ['2028-05-14', 'we may 14€ it'],
  ])('of %s is not in %j', (text, post) => {
    expect(compile(text).matcher.match(post)).toEqual([]);
  });
});

const TABLE: readonly (readonly [string, string | undefined, readonly string[], readonly string[]])[] = [
  [
    '19 March 2028',
    'en',
    [
      'March 19th, 2028',
      '19.03.2028',
      '2028-03-19',
      'the 19th of March',
      'Mar 19',
      "March 19th '28",
      'March 19!',
    ],
    [
      'March 19, 2021 was fun',
      '19 March 2027',
      '2027-03-19',
      "March 19th '25",
      '119 March',
      'March 1',
      '19 April',
    ],
  ],
  [
    '2028-10-04',
    'de',
    [
      '4. Oktober',
      '4.10.2028',
      'October 4th',
      'am 4.10.',
      '04.10.',
      'den 4. Oktober 2028',
      '4 ottobre',
      'ab 4.10. bei uns',
    ],
    [
      '4.11.2028',
      '10.4.2028',
      '4. Oktober 2025',
      '4.10',
      'Version 4.10.',
      '10/04/2028',
      '04.10.25',
      '14. Oktober',
    ],
  ],
  [
    '2028-04-08',
    undefined,
    [
      ...[
        '8 avril',
        '8 de abril',
        '8 kwietnia',
        '8. huhtikuuta',
        'huhtikuun 8.',
        '8 апреля',
        '8 अप्रैल',
        '8 أبريل',
      ],
      ...[
        '4月8日',
        '4월 8일에',
        '8/4/28',
        '04/08/2028',
        '08/04',
        'the eighth of April',
        '8º de abril de 2028',
      ],
    ],
    [
      '8/4',
      '8 avril 2026',
      '8 de abril de 2021',
      '4月18日',
      '2027年4月8日',
      '1-8 april-ish 2',
      '8 aprilia bikes',
    ],
  ],
  [
    '2028-04-08',
    'ja',
    ['4月8日', '４月８日に発売', '2028年4月8日'],
    ['4月9日', '14月8日', '2027年4月8日', '4月80日'],
  ],
  ['4월 8일', 'ko', ['4월 8일', '4월8일은', '2030년 4월 8일'], ['4월 18일', '14월 8일']],
  [
    '2028-04-08',
    'en-US',
    ['4/8/2028', 'on 4/8', '04/08', '4/8/28'],
    ['8/4/2028', '08/04', 'on 8/4', 'a 4/8 beat'],
  ],
  ['2028-04-08', 'en-GB', ['8/4/2028', 'on 8/4', '08/04'], ['4/8/2028', 'on 4/8', '04/08']],
  ['8/4/2028', 'fr', ['8 avril', 'le 8/4', '8/4/2028', '08/04/28'], ['4 août', '4/8/2028']],
  [
    'April 8, 2028',
    undefined,
    ['4.8.28', '8.4.28', '08.04.28', '四月八日', '四月八日发布'],
    ['4.8.27', 'v4.8.2', '十四月八日', '四月十八日', '四月二十八日', '4.8.2.8'],
  ],
  [
    'December 30',
    undefined,
    ['十二月三十日', 'am 30.12. ist es da'],
    ['十二月三十一日', '二月三十日', 'v30.12.27', '12.30.9'],
  ],
  [
    '6 May 2028',
    undefined,
    [
      'may 6th',
      'May 6',
      'on may 6',
      'out may 6!',
      'may 6, 2028',
      '6 May at noon',
      'the 6th of may',
      '6/5/2028',
    ],
    ['we may. 6 of us', 'we may 6 people', 'may 6 people come', 'only 6 may enter', '6 May 2026', 'maybe 6'],
  ],
  [
    '2028-03-12',
    undefined,
    ['12 mars.', 'march 12'],
    ['march 12 miles', '12 Mars bars'.toLowerCase(), 'demarch 12'],
  ],
];

describe('a date', () => {
  it.each(TABLE)('%s (%s) is found by value', (text, lang, taken, refused) => {
    const { matcher } = compile(text, lang);
    for (const post of [text, ...taken]) expect(matcher.match(post), post).toHaveLength(1);
    for (const post of refused) expect(matcher.match(post), post).toEqual([]);
  });

  it('in two numbers without a year is less sure', () => {
    const { matcher } = compile('2028-04-08', 'en-GB');
    const [full] = matcher.match('8/4/2028');
    const [bare] = matcher.match('on 8/4');
    expect(bare!.confidence).toBeLessThan(full!.confidence);
    expect(bare).toMatchObject({ matched: '8/4', span: [3, 6], how: ['number'] });
  });

  it('that names no single day is watched as written, and its owner is told', () => {
    const { matcher, warnings } = compile('early April');
    expect(matcher.match('in Early April')).toHaveLength(1);
    expect(warnings.map(({ message }) => message)).toEqual([
      '`early April` names no single day, so it is found only as it is written; write the day as `2027-03-12`',
    ]);
  });
});
