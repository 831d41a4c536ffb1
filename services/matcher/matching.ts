/**
 * Matching without a log or a store: a compiled watch list, and what a text or an image meets in it. The lanes of the
 * matcher use it for live posts, `leakwatch scan` for a file of them.
 */
import { type MatchEvidence, type RegisteredCampaign, type WatchListSnapshot } from '@leakwatch/contracts';
import { compileImageMatcher, type ImageMatcher } from '@leakwatch/image-matching';
import { compileTextMatcher, type TermWarning, type TextMatcher } from '@leakwatch/text-matching';

/** One version of the watch list, ready to match; never changed, only replaced. */
export interface CompiledWatchList {
  readonly version: number;
  readonly text: TextMatcher;
  readonly images: ImageMatcher;
  readonly warnings: readonly TermWarning[];
}

/**
 * Compiles the terms and assets of a watch list.
 *
 * @param previous - the version before: of its assets only what changed is filed anew; it stays usable
 * @throws TermError naming campaign and term where a term can't be watched
 */
export function compileWatchList(
  list: { version: number; campaigns: readonly RegisteredCampaign[] },
  previous?: CompiledWatchList,
): CompiledWatchList {
  const { matcher, warnings } = compileTextMatcher(
    list.campaigns.flatMap((campaign) => campaign.terms.map((term) => ({ campaignId: campaign.id, term }))),
  );
  const images = compileImageMatcher(
    list.campaigns.flatMap((campaign) =>
      campaign.assets.map((asset) => ({
        campaignId: campaign.id,
        assetId: asset.id,
        data: Buffer.from(asset.fingerprint, 'base64'),
      })),
    ),
    previous === undefined ? {} : { previous: previous.images },
  );
  return { version: list.version, text: matcher, images, warnings };
}

/** What stands in for a watch list before the first one is imported: nothing is watched, nothing is found. */
export const EMPTY_WATCH_LIST: Pick<WatchListSnapshot, 'campaigns'> & { version: number } = {
  version: 0,
  campaigns: [],
};

/**
 * The words of a post: its text, then what its pictures' descriptions say, a line each. Spans count in all of it, so that
 * within the post's own text they are its own.
 */
export function searchableText(text: string, altTexts: readonly string[]): string {
  return altTexts.length === 0 ? text : [text, ...altTexts].join('\n');
}

/** The terms that a text holds. */
export function matchText(list: CompiledWatchList, text: string): MatchEvidence[] {
  return list.text.match(text).map((match) => ({
    campaignId: match.campaignId,
    itemId: match.itemId,
    kind: 'term',
    confidence: match.confidence,
    span: [match.span[0], match.span[1]],
    matched: match.matched,
    how: match.how,
    distance: match.distance,
    mediaIndex: null,
    region: null,
  }));
}

/** The assets that an image shows, from its fingerprint. `name` says which image it was, for people. */
export async function matchImage(
  list: CompiledWatchList,
  fingerprint: Uint8Array,
  image: { mediaIndex: number; name: string },
): Promise<MatchEvidence[]> {
  const matches = await list.images.match(fingerprint);
  return matches.map((match) => ({
    campaignId: match.campaignId,
    itemId: match.itemId,
    kind: 'asset',
    confidence: match.confidence,
    span: null,
    matched: image.name,
    how: match.how,
    distance: match.distance,
    mediaIndex: image.mediaIndex,
    region: match.region,
  }));
}
