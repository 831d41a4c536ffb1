import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTextMatcher, createWordLearner } from '../index.ts';

function watch(names: readonly string[], ordinaryWords?: readonly string[]) {
  return compileTextMatcher(
    names.map((text, index) => ({ campaignId: 'c', term: { id: `t${index}`, text } })),
    { ordinaryWords },
  ).matcher;
}

const found = (names: readonly string[], text: string, ordinaryWords?: readonly string[]) =>
  watch(names, ordinaryWords)
    .match(text)
    .map(({ matched }) => matched);

describe('a word that the watch list calls ordinary', () => {
  it('is no typo, in whatever writing', () => {
    expect(found(['Velmora'], 'my velmira is here')).toEqual(['velmira']);
    for (const text of ['my velmira is here', 'MY VELMIRA', 'ｖｅｌｍｉｒａ', 'vélmira!']) {
      expect(found(['Velmora'], text, ['Velmira'])).toEqual([]);
    }
  });

  it('leaves other typos what they are', () => {
    expect(found(['Velmora'], 'my velmura is here', ['velmira'])).toEqual(['velmura']);
  });

  it('may be a word of a name: the name is found as before, joined and apart', () => {
    const names = ['Velmora Glow', 'CalderVeil'];
    const words = ['velmora', 'velmoraglow', 'calderveil', 'calder', 'veil', 'caldér'];
    for (const text of [
      'velmora glow',
      'VelmoraGlow',
      '#velmoraglow',
      'Calder Veil',
      'v e l m o r a  g l o w',
    ]) {
      expect(found(names, text, words)).toEqual(found(names, text));
      expect(found(names, text, words)).toHaveLength(1);
    }
  });

  it('never hides a name as it is registered, whatever the words and their order', () => {
    const word = fc.stringMatching(/^[bcdfglmnprstv][aeiou][bcdfglmnprstv][aeiou][bcdfglmnprstv]{1,2}$/);
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 20 }), (name, words) => {
        const text = `here is ${name} today`;
        const matches = watch([name], words).match(text);
        expect(matches.map(({ matched }) => matched)).toContain(name);
        expect(watch([name], words.toReversed()).match(text)).toEqual(matches);
      }),
      // Each run compiles two lists, which a busy machine needs a second for.
      { numRuns: 40 },
    );
  });
});

describe('learning from clean posts', () => {
  const limits = { leastPosts: 3, leastAuthors: 2, mostRemembered: 1000 };
  const learn = (
    posts: readonly (readonly [text: string, author: string])[],
    names: readonly string[] = [],
  ) => {
    const learner = createWordLearner(names, limits);
    for (const [text, author] of posts) learner.read(text, author);
    return learner.words();
  };

  it('takes what enough posts of enough authors have, and no list of a language', () => {
    const post = 'Zorbling is zorbling with the house';
    expect(
      learn([
        [post, 'a'],
        [post, 'a'],
        [post, 'b'],
      ]),
    ).toEqual(['zorbling']);
    expect(
      learn([
        [post, 'a'],
        [post, 'b'],
      ]),
    ).toEqual([]);
    expect(
      learn([
        [post, 'a'],
        [post, 'a'],
        [post, 'a'],
      ]),
    ).toEqual([]);
  });

  it('takes no word of a name, no handle, hashtag, address or code', () => {
    const post = 'zorbling @zorblat #zorblet https://zorblot.example zorbl8 zorblut';
    const posts = ['a', 'b', 'c'].map((author) => [post, author] as const);
    expect(learn(posts, ['Zorbling Veil'])).toEqual(['zorblut']);
  });

  it('forgets the rarest where there are too many', () => {
    const learner = createWordLearner([], { ...limits, mostRemembered: 50 });
    for (const author of ['a', 'b', 'c']) learner.read('zorblut', author);
    for (let n = 0; n < 500; n++) {
      learner.read(`zorb${String.fromCharCode(97 + (n % 26), 97 + (Math.floor(n / 26) % 26))}lix`, 'a');
    }
    expect(learner.words()).toEqual(['zorblut']);
  });
});
