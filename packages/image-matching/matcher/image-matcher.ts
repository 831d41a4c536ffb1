import { unpackPost } from '../fingerprint/post-fingerprint.ts';
import { AssetLibrary } from './asset-library.ts';
import { groupLookAlikes } from './group-look-alikes.ts';
import { DEFAULT_THRESHOLDS, type AssetThresholds, type ImageItem, type ImageMatch } from './image-match.ts';
import { matchFeatures } from './match-features.ts';
import { matchPictures } from './match-pictures.ts';
import { matchRegions } from './match-regions.ts';
import { mergeFindings, type WatchedItem } from './merge-findings.ts';
import { type WatchedAssets } from './watched-assets.ts';

/** One version of the watched assets; never changes. */
export interface ImageMatcher {
  /** How many assets it looks for. */
  readonly size: number;
  /** Assets that look so alike that a picture of one may be reported as another: `CAMPAIGN/ASSET` ids, two or more each. */
  readonly lookAlikes: readonly (readonly string[])[];
  /**
   * The assets that a picture shows, at most one match an asset, surest first, from its packed fingerprint.
   *
   * @throws ImageError `unreadable-fingerprint`
   */
  match(fingerprint: Uint8Array): Promise<ImageMatch[]>;
}

/** The cascade, from cheap to expensive. */
const STAGES = [matchPictures, matchRegions, matchFeatures];

/** The indexes that a version stands in, so that the next one can go on in them. */
const libraries = new WeakMap<ImageMatcher, AssetLibrary>();

/** A version that nobody can reach any more lets go of its assets. */
const abandoned = new FinalizationRegistry<() => void>((letGo) => letGo());

/**
 * Makes assets ready to be looked for. Given the version before, only what changed is filed or taken out (in place); both versions
 * go on working, each with its own assets.
 *
 * @throws ImageError `unreadable-fingerprint` when an item's data is not of this engine
 */
export function compileImageMatcher(
  items: readonly ImageItem[],
  options: { previous?: ImageMatcher } = {},
): ImageMatcher {
  const library = (options.previous && libraries.get(options.previous)) ?? new AssetLibrary();
  const watchedItems = holdItems(library, items);
  const lookAlikes = groupLookAlikes(library, watchedItems);
  const thresholds = new Map([...watchedItems].map(([number, held]) => [number, loosest(held)]));
  const watched: WatchedAssets = {
    library,
    isWatched: (asset) => watchedItems.has(asset),
    maxHashBits: (asset) => thresholds.get(asset) ?? 0,
  };
  const matcher: ImageMatcher = {
    size: items.length,
    lookAlikes: namesOfGroups(lookAlikes, watchedItems),
    match: (fingerprint) =>
      new Promise((resolve) => {
        const { frames } = unpackPost(fingerprint);
        const findings = frames.flatMap((frame) => STAGES.flatMap((stage) => stage(watched, frame)));
        resolve(mergeFindings(findings, watchedItems, lookAlikes));
      }),
  };
  libraries.set(matcher, library);
  abandoned.register(matcher, () => {
    for (const number of watchedItems.keys()) library.release(number);
  });
  return matcher;
}

/** The items by their pictures' numbers; each number is held once. */
function holdItems(library: AssetLibrary, items: readonly ImageItem[]): Map<number, WatchedItem[]> {
  const held = new Map<number, WatchedItem[]>();
  library.hold(items.map(({ data }) => data)).forEach((number, i) => {
    const item = items[i]!;
    const watchedItem = { ...namesOf(item), thresholds: { ...DEFAULT_THRESHOLDS, ...item.thresholds } };
    const others = held.get(number);
    if (others === undefined) held.set(number, [watchedItem]);
    else {
      others.push(watchedItem);
      library.release(number);
    }
  });
  return held;
}

function namesOf({ campaignId, assetId }: ImageItem): { campaignId: string; assetId: string } {
  return { campaignId, assetId };
}

function loosest(items: readonly { thresholds: AssetThresholds }[]): number {
  return Math.max(...items.map(({ thresholds }) => thresholds.maxHashBits));
}

function namesOfGroups(
  lookAlikes: ReadonlyMap<number, ReadonlySet<number>>,
  items: ReadonlyMap<number, readonly WatchedItem[]>,
): string[][] {
  const named = new Set<number>();
  const groups: string[][] = [];
  for (const [number, others] of lookAlikes) {
    if (named.has(number)) continue;
    const group = [number, ...others];
    for (const member of group) named.add(member);
    groups.push(
      group.flatMap((member) => items.get(member)!.map((item) => `${item.campaignId}/${item.assetId}`)),
    );
  }
  return groups;
}
