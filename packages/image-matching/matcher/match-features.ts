import { type AssetFingerprint } from '../fingerprint/asset-fingerprint.ts';
import { type PostFrame } from '../fingerprint/post-fingerprint.ts';
import { compose, type Affine } from '../geometry/affine.ts';
import { correlate, type Likeness } from '../geometry/correlate.ts';
import { findAlignment, type Alignment, type FeatureMatch } from '../geometry/find-alignment.ts';
import { sharpenAlignment, thumbnailPyramid, type ThumbnailPyramid } from '../geometry/sharpen-alignment.ts';
import { outlineOf } from '../geometry/outline.ts';
import { describeLikeness } from './hash-evidence.ts';
import { type Finding } from './image-match.ts';
import { type WatchedAssets } from './watched-assets.ts';

/** Bits in which the descriptors of one spot in two pictures differ at most. */
const MAX_DESCRIPTOR_BITS = 64;
/** A post's feature may stand for features of so many assets: near-identical assets share them. */
const ASSETS_PER_FEATURE = 3;
/** Each of these assets' features is at most so much worse than the best. */
const WORSE_AT_MOST = 1.2;
const MIN_MATCHES = 5;
/** Assets (or their mirror images) with most matches, whose geometry is checked. */
const MAX_CANDIDATES = 24;

/** What a picture with few agreeing features must show: blocks with detail, of 16, and a share of the asset. */
const MIN_DETAILED_BLOCKS = 5;
const MIN_SHOWN = 0.25;

/** Stage 4: local features of the asset lie in the frame as they lie in the asset, and so does what is between them. */
export function matchFeatures(watched: WatchedAssets, frame: PostFrame): Finding[] {
  const findings: Finding[] = [];
  let thumbnail: ThumbnailPyramid | null = null;
  for (const [owner, matches] of candidates(watched, frame)) {
    const number = owner >>> 1;
    const isMirrored = owner % 2 === 1;
    const asset = watched.library.asset(number);
    const alignment = findAlignment(
      isMirrored ? asset.mirroredFeatures : asset.features,
      frame.features,
      matches,
    );
    if (alignment === null) continue;
    const rough = inShares(alignment.map, asset, frame, isMirrored);
    thumbnail ??= thumbnailPyramid(frame.thumbnail);
    const { map, likeness } = closest(watched.library.thumbnail(number), thumbnail, rough);
    if (!isConvincing(alignment, likeness)) continue;
    findings.push({
      asset: number,
      confidence: confidenceOf(alignment, likeness),
      how: [
        'features',
        ...(isMirrored ? ['mirrored'] : []),
        `inliers-${alignment.inliers}`,
        describeLikeness(likeness.overall),
      ],
      distance: null,
      region: outlineOf(map),
    });
  }
  return findings;
}

/** The assets that share most features with the frame, and which. */
export function candidates(watched: WatchedAssets, { features }: PostFrame): [number, FeatureMatch[]][] {
  const matches = new Map<number, FeatureMatch[]>();
  const best = new Map<number, FeatureMatch>();
  for (let to = 0; to < features.count; to++) {
    best.clear();
    watched.library.features.search(
      features.descriptors,
      to,
      MAX_DESCRIPTOR_BITS,
      (owner, from, distance) => {
        if (!watched.isWatched(owner >>> 1)) return;
        if (distance < (best.get(owner)?.distance ?? Infinity)) best.set(owner, { from, to, distance });
      },
    );
    const ranked = [...best].sort(([, a], [, b]) => a.distance - b.distance).slice(0, ASSETS_PER_FEATURE);
    for (const [owner, match] of ranked) {
      if (match.distance > ranked[0]![1].distance * WORSE_AT_MOST) break;
      const list = matches.get(owner);
      if (list === undefined) matches.set(owner, [match]);
      else list.push(match);
    }
  }
  return [...matches]
    .filter(([, list]) => list.length >= MIN_MATCHES)
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, MAX_CANDIDATES);
}

/** The alignment as the features give it or sharpened, whichever makes the pictures more alike. */
function closest(
  asset: ThumbnailPyramid,
  post: ThumbnailPyramid,
  rough: Affine,
): { map: Affine; likeness: Likeness } {
  const sharpened = sharpenAlignment(asset, post, rough);
  const [before, after] = [rough, sharpened].map((map) => ({
    map,
    likeness: correlate(asset.fine, post.fine, map),
  }));
  return sumOf(after!.likeness) > sumOf(before!.likeness) ? after! : before!;
}

function sumOf({ overall, typical }: Likeness): number {
  return overall + typical;
}

/**
 * Many features that agree need little more; few need pictures that are much alike, in enough detail and over enough of
 * the asset that two plain shapes can't be.
 */
function isConvincing({ inliers }: Alignment, { overall, typical, blocks, shown }: Likeness): boolean {
  if (inliers >= 14) return overall > 0.35 || typical > 0.5;
  if (blocks < MIN_DETAILED_BLOCKS || shown < MIN_SHOWN) return false;
  if (inliers >= 8) return overall > 0.6 && typical > 0.4 && overall + typical > 1.5;
  return inliers >= 4 && overall > 0.97 && typical > 0.93;
}

function confidenceOf({ inliers }: Alignment, { overall }: Likeness): number {
  return Math.min(0.99, 0.5 + inliers / 100 + Math.max(0, overall) * 0.3);
}

/** From pixels of both working copies to shares of both, undoing the mirror. */
export function inShares(
  map: Affine,
  asset: AssetFingerprint,
  frame: PostFrame,
  isMirrored: boolean,
): Affine {
  const toPixels: Affine = isMirrored
    ? { a: -asset.width, b: 0, c: asset.width, d: 0, e: asset.height, f: 0 }
    : { a: asset.width, b: 0, c: 0, d: 0, e: asset.height, f: 0 };
  const toShares: Affine = { a: 1 / frame.width, b: 0, c: 0, d: 0, e: 1 / frame.height, f: 0 };
  return compose(toShares, compose(map, toPixels));
}
