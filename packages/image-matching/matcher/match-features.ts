import { type PostFrame } from '../fingerprint/post-fingerprint.ts';
import { compose, type Affine } from '../geometry/affine.ts';
import { correlate, type Likeness } from '../geometry/correlate.ts';
import { findAlignment, type Alignment } from '../geometry/find-alignment.ts';
import { sharpenAlignment } from '../geometry/sharpen-alignment.ts';
import { ThumbnailPyramid } from '../geometry/thumbnail-pyramid.ts';
import { outlineOf } from '../geometry/outline.ts';
import { featureCandidates } from './feature-candidates.ts';
import { describeLikeness } from './hash-evidence.ts';
import { type Finding } from './image-match.ts';
import { type WatchedAssets } from './watched-assets.ts';

/** Least blocks with detail (of 16) and least visible share of the asset for a match with few agreeing features. */
const MIN_DETAILED_BLOCKS = 5;
const MIN_SHOWN = 0.25;
/** More agreeing features than chance gives: bars over half of the picture leave them, and little likeness. */
const MANY_INLIERS = 80;
const LIKE_UNDER_COVERS = 0.2;

/** Stage 4: local features lie in the frame as in the asset, and the pictures between them are alike. */
export function matchFeatures(watched: WatchedAssets, frame: PostFrame): Finding[] {
  const findings: Finding[] = [];
  const thumbnail = new ThumbnailPyramid(frame.thumbnail);
  for (const [owner, matches] of featureCandidates(watched, frame)) {
    const number = owner >>> 1;
    const isMirrored = owner % 2 === 1;
    const asset = watched.library.asset(number);
    const alignment = findAlignment(
      asset.features(isMirrored ? 'mirrored' : 'upright'),
      frame.features,
      matches,
    );
    if (alignment === null) continue;
    const rough = inShares(alignment.map, asset, frame, isMirrored);
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
      inliers: alignment.inliers,
    });
  }
  return findings;
}

/** Gives the alignment of the features or its sharpened form, whichever makes the pictures more alike. */
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
 * Asks little more of many agreeing features. A few must come with much likeness, in enough detail and over enough of the
 * asset to exclude two plain shapes.
 */
function isConvincing({ inliers }: Alignment, { overall, typical, blocks, shown }: Likeness): boolean {
  if (inliers >= MANY_INLIERS && overall > LIKE_UNDER_COVERS) return true;
  if (inliers >= 14) return overall > 0.35 || typical > 0.5;
  if (blocks < MIN_DETAILED_BLOCKS || shown < MIN_SHOWN) return false;
  if (inliers >= 8) return overall > 0.6 && typical > 0.4 && overall + typical > 1.5;
  return inliers >= 4 && overall > 0.97 && typical > 0.93;
}

function confidenceOf({ inliers }: Alignment, { overall }: Likeness): number {
  return Math.min(0.99, 0.5 + inliers / 100 + Math.max(0, overall) * 0.3);
}

/** Converts a map of pixels of both working copies to shares of both, and undoes the mirror. */
function inShares(
  map: Affine,
  asset: { width: number; height: number },
  frame: PostFrame,
  isMirrored: boolean,
): Affine {
  const toPixels: Affine = isMirrored
    ? { a: -asset.width, b: 0, c: asset.width, d: 0, e: asset.height, f: 0 }
    : { a: asset.width, b: 0, c: 0, d: 0, e: asset.height, f: 0 };
  const toShares: Affine = { a: 1 / frame.width, b: 0, c: 0, d: 0, e: 1 / frame.height, f: 0 };
  return compose(toShares, compose(map, toPixels));
}
