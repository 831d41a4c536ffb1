import { type Post } from '@leakwatch/contracts';
import { loadCurrentWatchList, type Queryable } from '@leakwatch/store';
import { listRankableSamples } from '../../queries/list-rankable-samples.ts';
import { rankByNearness } from './rank-by-nearness.ts';

/** Number of waiting posts that are compared, the first in drawn order: a reviewer waits for the comparison. */
const MOST = 2_000;

/** The tiers whose posts are ranked: creators at risk, each of whose posts may be drawn in a campaign's window. */
const RANKED_TIERS: ReadonlySet<number> = new Set([2, 3]);

/** Lists waiting posts that are near a campaign, the nearest first. docs/decisions/0305-review-by-nearness.md says which may be ranked. */
export async function rankQueue(db: Queryable): Promise<string[]> {
  const [watchList, samples] = await Promise.all([loadCurrentWatchList(db), listRankableSamples(db, MOST)]);
  return rankByNearness(
    samples.map((sample) => ({
      id: sample.threadId,
      creatorId: sample.creatorId,
      publishedAt: sample.publishedAt,
      text: textOf(sample.post),
      mayRank: sample.inRankedHalf && !sample.alerted && RANKED_TIERS.has(sample.tier),
    })),
    watchList?.campaigns ?? [],
  );
}

function textOf({ text, title = '', contentWarning = '', media }: Post): string {
  return [title, text, contentWarning, ...media.map(({ altText }) => altText ?? '')].join('\n');
}
