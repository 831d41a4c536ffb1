import { unpackPost } from '../fingerprint/post-fingerprint.ts';
import { type Finding, type ImageItem, type ImageMatch } from './image-match.ts';
import { matchFeatures } from './match-features.ts';
import { matchPictures } from './match-pictures.ts';
import { matchRegions } from './match-regions.ts';
import { WatchedAssets } from './watched-assets.ts';

/** One version of the watched assets; never changes. */
export interface ImageMatcher {
  /** How many assets it looks for. */
  readonly size: number;
  /**
   * The assets that a picture shows, at most one match an asset, from its packed fingerprint.
   *
   * @throws ImageError `unreadable-fingerprint`
   */
  match(fingerprint: Uint8Array): Promise<ImageMatch[]>;
}

/** The cascade, from cheap to expensive. */
const STAGES = [matchPictures, matchRegions, matchFeatures];

/**
 * Makes assets ready to be looked for.
 *
 * @throws ImageError `unreadable-fingerprint` when an item's data is not of this engine
 */
export function compileImageMatcher(items: readonly ImageItem[]): ImageMatcher {
  const watched = new WatchedAssets();
  const itemOf = new Map(items.map((item) => [watched.add(item.data), item]));
  return {
    size: items.length,
    match: (fingerprint) =>
      new Promise((resolve) => {
        const { frames } = unpackPost(fingerprint);
        const findings = frames.flatMap((frame) => STAGES.flatMap((stage) => stage(watched, frame)));
        resolve(strongestOfEach(findings, itemOf));
      }),
  };
}

/** One match an asset: the strongest finding, with what the other stages found of it too. */
function strongestOfEach(findings: readonly Finding[], itemOf: ReadonlyMap<number, ImageItem>): ImageMatch[] {
  const byAsset = groupByAsset(findings);
  const matches: ImageMatch[] = [];
  for (const [asset, found] of byAsset) {
    const item = itemOf.get(asset);
    if (item === undefined) continue;
    const [strongest, ...others] = found.toSorted((a, b) => b.confidence - a.confidence);
    const stages = new Set(others.map(({ how }) => how[0]!));
    const distances = found.flatMap(({ distance }) => (distance === null ? [] : [distance]));
    matches.push({
      campaignId: item.campaignId,
      itemId: item.assetId,
      confidence: strongest!.confidence,
      how: [...new Set([...strongest!.how, ...stages])],
      distance: distances.length === 0 ? null : Math.min(...distances),
      region: strongest!.region,
    });
  }
  return matches.sort((a, b) => b.confidence - a.confidence);
}

function groupByAsset(findings: readonly Finding[]): Map<number, Finding[]> {
  const groups = new Map<number, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.asset);
    if (group === undefined) groups.set(finding.asset, [finding]);
    else group.push(finding);
  }
  return groups;
}
