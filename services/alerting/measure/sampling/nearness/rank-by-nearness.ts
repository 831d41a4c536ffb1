import { type Campaign } from '@leakwatch/contracts';
import { cosine, weighWordsBy, wordsOf } from './word-weights.ts';

export interface RankedCampaign extends Pick<Campaign, 'brief' | 'creators' | 'embargo'> {
  readonly terms: readonly Pick<Campaign['terms'][number], 'text' | 'kind' | 'translations'>[];
}

export interface Rankable {
  readonly id: string;
  readonly creatorId: string;
  readonly publishedAt: Date;
  readonly text: string;
  /** False: the text only helps to tell how rare words are. */
  readonly mayRank: boolean;
}

/**
 * Orders posts by how near their words come to a campaign's brief and terms: the nearest first. It compares a post only
 * with campaigns that its creator is briefed for and that were still secret.
 *
 * @param posts - in the order of the queue, which equals keep
 * @returns the ids of those that share a word with a campaign
 */
export function rankByNearness(posts: readonly Rankable[], campaigns: readonly RankedCampaign[]): string[] {
  const read = posts.map((post) => ({ post, words: wordsOf(post.text) }));
  const weigh = weighWordsBy(read.map(({ words }) => words));
  const briefed = campaigns.map(({ creators, embargo, ...campaign }) => ({
    creators: creators === undefined ? null : new Set(creators),
    secretUntil: embargo === undefined ? Infinity : Date.parse(embargo.liftsAt),
    weights: weigh(wordsOf(textOf(campaign))),
  }));
  return read
    .filter(({ post }) => post.mayRank)
    .map(({ post, words }) => {
      const weights = weigh(words);
      const own = briefed.filter(
        ({ creators, secretUntil }) =>
          creators?.has(post.creatorId) !== false && post.publishedAt.getTime() < secretUntil,
      );
      return { id: post.id, nearness: Math.max(0, ...own.map((one) => cosine(weights, one.weights))) };
    })
    .filter(({ nearness }) => nearness > 0)
    .sort((a, b) => b.nearness - a.nearness)
    .map(({ id }) => id);
}

/** A query's text is left out: it holds operators, and words that exclude. */
function textOf({ brief = '', terms }: Pick<RankedCampaign, 'brief' | 'terms'>): string {
  const phrases = terms
    .filter(({ kind }) => kind !== 'query')
    .flatMap(({ text, translations = [] }) => [text, ...translations.map((one) => one.text)]);
  return [brief, ...phrases].join('\n');
}
