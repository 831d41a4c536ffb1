import { describe, expect, it } from 'vitest';
import { compileTextMatcher } from '../index.ts';

const isFound = (name: string, text: string) =>
  compileTextMatcher([{ campaignId: 'c', term: { id: 't', text: name, kind: 'product' } }]).matcher.match(
    text,
  ).length > 0;

/** name · text */
const WORDS_OF_OTHER_LANGUAGES: readonly (readonly [string, string])[] = [
  // Icelandic, Danish, Norwegian, Finnish, Hungarian, Czech, Romanian.
  ['Velura', 'velur'],
  ['Kvindelik', 'hun er kvindelig'],
  ['Kaunelin', 'kaikkein kaunein niistä'],
  ['Gyonyora', 'ez nagyon gyönyörű'],
  ['Hladinor', 'pod hladinou vody'],
  ['Frumoaso', 'ce frumoase sunt'],
];

describe('an ordinary word of the text’s language is no typo of a name', () => {
  it.each(WORDS_OF_OTHER_LANGUAGES)('%s in %j', (name, text) => {
    expect(isFound(name, text)).toBe(false);
  });
});

describe('a listed word with an ending of the text’s language is no typo of a name', () => {
  it.each([
    ['Quilla', 'łatek quilta'],
    ['Blenderna', 'nowy smak z blendera, bardzo dobry'],
    ['Velveto', 'sukienka z velvetu jest piękna'],
  ])('%s in %j', (name, text) => {
    expect(isFound(name, text)).toBe(false);
  });

  it('in English text it still may be one', () => {
    expect(isFound('Quilla', 'my quilta arrived this morning')).toBe(true);
  });
});

describe('two frequent words run together are no typo of a name', () => {
  it.each([
    ['Marisol', 'mariasol'],
    ['Marisol', '#mariasol'],
  ])('%s in %j', (name, text) => {
    expect(isFound(name, text)).toBe(false);
  });

  it.each([
    ['Duskfield', 'the duskfeld box'],
    ['Ventoria', 'ventoira nova'],
  ])('a slip in %s is found in %j', (name, text) => {
    expect(isFound(name, text)).toBe(true);
  });
});

describe('a German name keeps its vowel', () => {
  const { matcher } = compileTextMatcher([
    { campaignId: 'c', term: { id: 't', text: 'Morgenglanz Duft', kind: 'product', lang: 'de' } },
    { campaignId: 'c', term: { id: 'u', text: 'Waldstück', kind: 'product', lang: 'de' } },
  ]);
  it.each(['des Morgenglanzes Duft', 'Mörgenglanz Duft', 'den Waldstücken', 'die Waldstücke'])(
    '%s',
    (text) => {
      expect(matcher.match(text)).toHaveLength(1);
    },
  );
  it.each(['den Morgenglänzen Duft', 'Morgenglänzer Duft'])('not %s', (text) => {
    expect(matcher.match(text)).toEqual([]);
  });
});
