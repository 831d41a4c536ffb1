/** Each term is tried on its own text before it is watched, and on the forms in which people use it. */
import { type Term } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import { makeNames, seededRandom } from '../bench/make-corpus.ts';
import { compileTextMatcher, testTerms } from '../index.ts';

function tested(...terms: Omit<Term, 'id'>[]) {
  const items = terms.map((term) => ({ campaignId: 'c', term: { id: term.text, ...term } }));
  return testTerms(compileTextMatcher(items).parts);
}

describe('a term that is tried on itself', () => {
  it.each([
    [
      { text: 'Corvane Mist', policy: { allowedPhrases: ['the corvane mist', 'corvane mist'] } },
      'allowedPhrases',
    ],
    [{ text: 'Corvane Mist', policy: { require: ['serum'], exclude: ['mist'] } }, 'exclude'],
  ])('is refused if its policy rejects its own text: %j', (term, key) => {
    const { refusals, warnings } = tested(term, { text: 'Thessaly' });
    expect(refusals).toEqual([
      {
        campaignId: 'c',
        itemId: 'Corvane Mist',
        message: `\`Corvane Mist\` is not found even in its own text; \`policy.${key}\` rejects it, so change that`,
      },
    ]);
    expect(warnings).toEqual([]);
  });

  it('is refused with a way out if more than one key rejects it', () => {
    const policy = { exclude: ['mist'], allowedPhrases: ['corvane mist'] };
    expect(tested({ text: 'Corvane Mist', policy }).refusals[0]?.message).toBe(
      '`Corvane Mist` is not found even in its own text; write the name as people write it',
    );
  });

  it('is warned of a usual form that is not found', () => {
    // One phrase rejects the plural only.
    const { refusals, warnings } = tested({
      text: 'Qzvk',
      policy: { allowedPhrases: ['two qzvks'] },
    });
    expect(refusals).toEqual([]);
    expect(warnings.map(({ message }) => message)).toEqual(['`Qzvk` is not found as a plural (`two Qzvks`)']);
  });

  it('is not warned of a form that its policy gives up', () => {
    expect(tested({ text: 'Corvane', policy: { inflection: false } })).toEqual({
      refusals: [],
      warnings: [],
    });
  });

  it.each<Omit<Term, 'id'>>([
    ...[
      'Corvane',
      'Corvane Mist',
      'Corvane Mark II',
      'Lumora v2.1',
      'Lumora 3',
      'Ünder Öl',
      '달빛 세럼',
      'L’Éclat',
    ].map((text) => ({ text })),
    ...['$64', '64 EUR', '1.299 kr', 'R$ 249,90', '₩64,000', "CHF 2'499", '6400円'].map((text) => ({
      text,
      kind: 'price',
    })),
    ...['2028-03-12', '12 March', '5 May 2027', '3. Oktober', '4月8日', 'early April'].map((text) => ({
      text,
      kind: 'date',
    })),
    ...['RT6-W03', 'GK-6631B', 'A1', '4006381333931'].map((text) => ({ text, kind: 'sku' })),
    { text: '#SipTheSunset', kind: 'hashtag' },
    { text: 'it is all over now', kind: 'phrase' },
    { text: 'Corvane', policy: { require: ['serum'] } },
    { text: 'corvane AND mist', kind: 'query' },
  ])('is found: %j', (term) => {
    expect(tested(term)).toEqual({ refusals: [], warnings: [] });
  });
});

describe('a list of many terms', () => {
  it('tries each term once, whatever part of the list it stands in', () => {
    const names = makeNames(2500, seededRandom(3));
    const refused = names.filter((_, index) => index % 500 === 7);
    const items = names.map((text, index) => ({
      campaignId: 'c',
      term: { id: text, text, ...(index % 500 === 7 ? { policy: { allowedPhrases: [text] } } : {}) },
    }));
    const { parts } = compileTextMatcher(items);
    const tried = [...parts].flatMap((part) => part.items.map(({ term }) => term.id));
    expect(tried.sort()).toEqual([...names].sort());
    expect(testTerms(parts).refusals.map(({ itemId }) => itemId)).toEqual(refused);
  });

  it('keeps a name and its models in one part', () => {
    const names = makeNames(2500, seededRandom(4));
    const items = ['Corvane', ...names, 'Corvane S'].map((text) => ({
      campaignId: 'c',
      term: { id: text, text },
    }));
    const parts = [...compileTextMatcher(items).parts].map((part) => part.items.map(({ term }) => term.id));
    const withFamily = parts.filter((ids) => ids.includes('Corvane') || ids.includes('Corvane S'));
    expect(withFamily).toHaveLength(1);
  });
});
