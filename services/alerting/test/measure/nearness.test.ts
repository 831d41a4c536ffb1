import { TfIdf } from 'natural/lib/natural/tfidf/index.js';
import { describe, expect, it } from 'vitest';
import { rankByNearness, type Rankable } from '../../measure/sampling/nearness/rank-by-nearness.ts';
import { cosine, weighWordsBy, wordsOf } from '../../measure/sampling/nearness/word-weights.ts';

const CORPUS = [
  'the hinge of the folding phone',
  'the rain and the park',
  'a phone in the rain',
  'the park was full',
  'lunch and a phone',
].map(wordsOf);

describe('The words of a text', () => {
  it('are in lower case, without signs, and found in scripts without spaces', () => {
    expect(wordsOf('The HINGE, 2 days… ﬁne!')).toEqual(['the', 'hinge', '2', 'days', 'fine']);
    expect(wordsOf('新しい折りたたみ電話').length).toBeGreaterThan(1);
    expect(wordsOf(' … 👀')).toEqual([]);
  });
});

describe('The weight of a word', () => {
  it("is in the ratios of natural's, whose rarity is one higher", () => {
    const natural = new TfIdf();
    for (const words of CORPUS) natural.addDocument(words);
    const words = ['hinge', 'rain', 'park', 'unheard'];
    const rarities = words.map((word) => Math.max(0, natural.idf(word) - 1));
    const length = Math.hypot(...rarities);
    expect(length).toBeGreaterThan(0);
    const weights = weighWordsBy(CORPUS)(words);
    words.forEach((word, at) => expect(weights.get(word)).toBeCloseTo((rarities[at] ?? 0) / length, 12));
  });

  it('is nothing for a word that nearly all texts hold, and grows slowly with its count', () => {
    const weigh = weighWordsBy(CORPUS);
    expect([...weigh(['the', 'hinge']).keys()]).toEqual(['hinge']);
    const weights = weigh(['hinge', 'hinge', 'hinge', 'folding']);
    expect((weights.get('hinge') ?? 0) / (weights.get('folding') ?? 0)).toBeCloseTo(1 + Math.log(3), 12);
  });
});

describe('The cosine', () => {
  const weigh = weighWordsBy(CORPUS);

  it('is 1 for the same words, 0 without a common one, the same both ways round', () => {
    const [a, b, c] = [weigh(['hinge', 'rain']), weigh(['rain', 'park', 'hinge']), weigh(['lunch'])];
    expect(cosine(a, a)).toBeCloseTo(1, 12);
    expect(cosine(a, c)).toBe(0);
    expect(cosine(a, b)).toBeCloseTo(cosine(b, a), 12);
    expect(cosine(a, b)).toBeGreaterThan(0.5);
  });
});

describe('Ranking by nearness', () => {
  const at = new Date('2026-11-20T08:00:00.000Z');
  const queue = (...texts: string[]): Rankable[] =>
    [...texts, 'nothing new', 'rain again', 'lunch'].map((text, index) => ({
      id: String(index),
      creatorId: 'mara',
      publishedAt: at,
      text,
      mayRank: true,
    }));
  const hinge = { brief: 'A titanium hinge that folds.', terms: [] };

  it('puts the nearest first and leaves out what shares no word', () => {
    expect(rankByNearness(queue('a hinge and cake', 'titanium hinge'), [hinge])).toEqual(['1', '0']);
  });

  it('goes by the words of terms and translations, but not of queries', () => {
    const terms = [
      { text: 'velvet night', kind: 'phrase', translations: [{ lang: 'de', text: 'samtene Nacht' }] },
      { text: 'cake NOT hinge', kind: 'query' },
    ];
    expect(rankByNearness(queue('so velvet', 'eine Nacht', 'cake and hinge'), [{ terms }])).toEqual([
      '0',
      '1',
    ]);
  });

  it('goes by campaigns that the creator is briefed for, while they are secret', () => {
    const ranked = (campaign: object) => rankByNearness(queue('titanium hinge'), [{ ...hinge, ...campaign }]);
    expect(ranked({ creators: ['mara'] })).toEqual(['0']);
    expect(ranked({ creators: ['nils'] })).toEqual([]);
    expect(ranked({ embargo: { liftsAt: '2026-11-20T08:00:00.001Z' } })).toEqual(['0']);
    expect(ranked({ embargo: { liftsAt: '2026-11-20T08:00:00.000Z' } })).toEqual([]);
  });

  it('keeps the order of equals, and ranks none that it may not', () => {
    const posts = queue('hinge', 'hinge', 'hinge');
    expect(rankByNearness(posts, [hinge])).toEqual(['0', '1', '2']);
    expect(
      rankByNearness(
        posts.map((post) => ({ ...post, mayRank: post.id === '2' })),
        [hinge],
      ),
    ).toEqual(['2']);
    expect(rankByNearness([], [hinge])).toEqual([]);
  });
});
