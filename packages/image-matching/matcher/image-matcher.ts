import { framesOfAsset } from '../fingerprint/asset-frames.ts';
import { unpackPost, type PostFrame } from '../fingerprint/post-fingerprint.ts';
import { mapOfOutline } from '../geometry/outline.ts';
import { AssetLibrary } from './asset-library.ts';
import { type FrameFinding } from './frame-finding.ts';
import { gradeFindings } from './grade.ts';
import { groupLookAlikes } from './group-look-alikes.ts';
import {
  DEFAULT_THRESHOLDS,
  LARGEST_HASH_BITS,
  type AssetThresholds,
  type Finding,
  type ImageItem,
  type ImageMatch,
} from './image-match.ts';
import { matchFeatures } from './match-features.ts';
import { matchPictures } from './match-pictures.ts';
import { matchRegions } from './match-regions.ts';
import { mergeFindings, type WatchedItem } from './merge-findings.ts';
import { finish, type Steps } from '../steps.ts';
import { type WatchedAssets } from './watched-assets.ts';

/** One version of the watched assets; immutable. */
export interface ImageMatcher {
  /** Number of assets. */
  readonly size: number;
  /** Groups of assets so alike that one may be reported as another: `CAMPAIGN/ASSET` ids, two or more a group. */
  readonly lookAlikes: readonly (readonly string[])[];
  /**
   * Matches a packed fingerprint: at most one match an asset, surest first. The same bytes in memory, which must not change, are
   * matched once as long as they are held.
   *
   * @throws ImageError `unreadable-fingerprint`
   */
  match(fingerprint: Uint8Array): Promise<readonly ImageMatch[]>;
}

/** The cascade, from cheap to expensive. */
const STAGES = [matchPictures, matchRegions, matchFeatures];

/** The library of each version, so that the next version can reuse it. */
const libraries = new WeakMap<ImageMatcher, AssetLibrary>();

/** Releases the assets of a version that has become unreachable. */
const abandoned = new FinalizationRegistry<() => void>((letGo) => letGo());

interface CompileOptions {
  readonly previous?: ImageMatcher;
}

/**
 * Files assets for matching. With the previous version, only changes are filed or removed, in place; both versions keep
 * working, each with its own assets.
 *
 * @throws ImageError `unreadable-fingerprint` when an item's data is not of this engine
 */
export function compileImageMatcher(items: readonly ImageItem[], options: CompileOptions = {}): ImageMatcher {
  return finish(imageMatcherSteps(items, options));
}

/** The same in steps, for a process that must answer meanwhile. One list at a time is compiled after the same previous version. */
export function* imageMatcherSteps(
  items: readonly ImageItem[],
  { previous }: CompileOptions = {},
): Steps<ImageMatcher> {
  const library = (previous && libraries.get(previous)) ?? new AssetLibrary();
  const watchedItems = yield* holdItems(library, items);
  const lookAlikes = groupLookAlikes(library, watchedItems);
  const thresholds = new Map([...watchedItems].map(([number, held]) => [number, loosest(held)]));
  const watched: WatchedAssets = {
    library,
    isWatched: (asset) => watchedItems.has(asset),
    maxHashBits: (asset) => thresholds.get(asset) ?? 0,
    mostHashBits: Math.min(
      LARGEST_HASH_BITS,
      [...thresholds.values()].reduce((most, bits) => Math.max(most, bits), 0),
    ),
    isCleared: (asset) => watchedItems.get(asset)?.some(({ isCleared }) => isCleared) ?? false,
  };
  const matchOnce = async (fingerprint: Uint8Array): Promise<readonly ImageMatch[]> => {
    const { frames } = unpackPost(fingerprint);
    const findings = frames.flatMap((frame) =>
      STAGES.flatMap((stage) => stage(watched, frame)).map((finding) => placed(finding, frame)),
    );
    if (findings.length === 0) return [];
    const grades = await gradeFindings(watched, findings);
    return mergeFindings(findings, watchedItems, lookAlikes, grades);
  };
  // The engine gives a reposted picture the very fingerprint of the first one, which then costs nothing here either.
  const matched = new WeakMap<Uint8Array, Promise<readonly ImageMatch[]>>();
  const matcher: ImageMatcher = {
    size: items.length,
    lookAlikes: namesOfGroups(lookAlikes, watchedItems),
    match: (fingerprint) => {
      const matches = matched.get(fingerprint) ?? matchOnce(fingerprint);
      matched.set(fingerprint, matches);
      return matches;
    },
  };
  libraries.set(matcher, library);
  abandoned.register(matcher, () => {
    for (const number of watchedItems.keys()) library.release(number);
  });
  return matcher;
}

/** Converts a place in a tile to a place in the whole picture. */
function placed(finding: Finding, frame: PostFrame): FrameFinding {
  const { left, top, right, bottom } = frame.place;
  const region = finding.region.map(([x, y]): [number, number] => [
    left + x * (right - left),
    top + y * (bottom - top),
  ]);
  return { ...finding, region, frame, map: mapOfOutline(finding.region) };
}

/** Groups items by the numbers of their pictures, and holds each number once. An asset of several frames has as many numbers. */
function* holdItems(library: AssetLibrary, items: readonly ImageItem[]): Steps<Map<number, WatchedItem[]>> {
  const held = new Map<number, WatchedItem[]>();
  const pictures = yield* picturesOf(items);
  const numbers = yield* library.hold(pictures);
  numbers.forEach((number, i) => {
    const { item, frame } = pictures[i]!;
    const watchedItem = {
      ...namesOf(item),
      frame,
      thresholds: { ...DEFAULT_THRESHOLDS, ...item.thresholds },
      isCleared: item.isCleared ?? false,
    };
    const others = held.get(number);
    if (others === undefined) held.set(number, [watchedItem]);
    else {
      others.push(watchedItem);
      library.release(number);
    }
  });
  return held;
}

interface HeldPicture {
  readonly item: ImageItem;
  readonly frame: number | null;
  readonly data: Uint8Array;
}

/** Lists the frames of all items. As the fingerprint of an item is, that of a frame is read when it is wanted. */
function* picturesOf(items: readonly ImageItem[]): Steps<HeldPicture[]> {
  const pictures: HeldPicture[] = [];
  for (const item of items) {
    for (const [i, { number }] of framesOfAsset(item.data).entries()) {
      const picture = {
        item,
        frame: number,
        get data() {
          return framesOfAsset(item.data)[i]!.data;
        },
      };
      pictures.push(picture);
    }
    yield;
  }
  return pictures;
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
    // Frames of one asset often look alike.
    const names = new Set(
      group.flatMap((member) => items.get(member)!.map((item) => `${item.campaignId}/${item.assetId}`)),
    );
    if (names.size > 1) groups.push([...names]);
  }
  return groups;
}
