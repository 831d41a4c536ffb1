/** The defaults of each kind of term, and the warnings that its owner gets. */
import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../index.ts';

function compile(text: string, kind: string, lang?: string) {
  const term = { id: 't', text, kind, ...(lang === undefined ? {} : { lang }) };
  return compileTextMatcher([{ campaignId: 'c', term }]);
}

const cases: readonly (readonly [string, string, string, readonly string[], readonly string[]])[] = [
  [
    'price',
    '$49',
    'en',
    ['only $49!', '$ 49', '49$', '49 dollars', 'USD 49', '＄４９'],
    ['route 49', '$490', '$49.99', '€49', '49 people', 'in 1949'],
  ],
  [
    'price',
    '49,90 €',
    'de',
    ['49,90 €', '€49.90', '49,90EUR', '49,90 Euro'],
    ['149,90 €', '49,90 m', '$49.90'],
  ],
  [
    'date',
    '12 March 2026',
    'en',
    ['12 March 2026', 'March 12th, 2026', '12.03.2026', '2026-03-12', 'the 12th of March', 'Mar 12'],
    ['112 March', '12 May', 'March 1', '2026-03-13', '2026-03-121'],
  ],
  ['date', '2026-10-03', 'de', ['3. Oktober', '3.10.2026', 'October 3rd'], ['3.11.2026', '10.3.2026']],
  ['date', '14 février', 'fr', ['14 fevrier', 'le 14 FÉVRIER'], ['4 février']],
  ['hashtag', '#SipTheSunset', 'en', ['#sipthesunset', '@SipTheSunset'], ['sip a sunset', 'sunset, sip the']],
  ['sku', 'NX-4410B', 'en', ['nx4410b', 'NX 4410 B'], ['NX-4410', 'NX-4411B', 'NX-4410BC']],
];

describe('a term of the kind', () => {
  it.each(cases)('%s: %s (%s)', (kind, text, lang, taken, refused) => {
    const { matcher } = compile(text, kind, lang);
    for (const post of taken) expect(matcher.match(post), post).toHaveLength(1);
    for (const post of refused) expect(matcher.match(post), post).toEqual([]);
  });
});

describe('a language that is not named', () => {
  it.each([
    ['Полярный Блеск', 'без полярного блеска'],
    ['달빛 세럼', '달빛 세럼은'],
  ])('is told by the letters: %s in %j', (text, post) => {
    expect(compile(text, 'product').matcher.match(post)).toHaveLength(1);
  });

  it('may be named in any way', () => {
    expect(compile('3. Oktober', 'date', 'de_AT').matcher.match('3 october')).toHaveLength(1);
    expect(compile('3 October', 'date', '??').matcher.match('october 3rd')).toHaveLength(1);
  });
});

describe('an owner is told', () => {
  it.each([
    ['Kindling', 'codename', /ordinary word, in about one of [\d,]+ posts/],
    ['Tidepool', 'codename', /two ordinary words .* up to one of [\d,]+ posts/],
    ['Good Morning', 'product', /very common words: by chance alone .* one of [\d,]+ posts/],
    ['Qzv', 'product', /so short/],
    ['4999', 'price', /names no currency/],
    ['Velora', 'prodct', /kind `prodct` is none of product, codename/],
  ])('about %s as a %s', (text, kind, message) => {
    const { warnings } = compile(text, kind);
    expect(warnings.map((warning) => warning.itemId)).toEqual(['t']);
    expect(warnings[0]?.message).toMatch(message);
  });

  it('nothing about a good name', () => {
    for (const text of ['Velora Mist', 'Copper Lullaby', 'Paper Lantern']) {
      expect(compile(text, 'product').warnings, text).toEqual([]);
    }
    expect(compile('$49', 'price').warnings).toEqual([]);
  });
});
