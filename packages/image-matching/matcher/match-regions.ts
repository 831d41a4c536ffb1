import { type PostFrame, type RegionHash } from '../fingerprint/post-fingerprint.ts';
import { correlate } from '../geometry/correlate.ts';
import { mapOfRects } from '../geometry/dihedral-map.ts';
import { outlineOf } from '../geometry/outline.ts';
import { inverted } from '../pdq/hash256.ts';
import { MIN_QUALITY } from '../pdq/pdq-hash.ts';
import { describeLikeness, describeTurn, hashConfidence } from './hash-evidence.ts';
import { DEFAULT_THRESHOLDS, type Finding } from './image-match.ts';
import { type WatchedAssets } from './watched-assets.ts';

/**
 * Most bits between hashes worth a comparison. Many regions times many crops give chance many tries, so the pictures must be
 * alike, too; beyond the threshold they must be alike block by block.
 */
const WORTH_A_LOOK_BITS = 45;
const MIN_LIKENESS = 0.8;
const MIN_TYPICAL_LIKENESS = 0.6;

/** Stage 3: a region of the frame is the asset or a common crop of it, or its colour negative. */
export function matchRegions(watched: WatchedAssets, frame: PostFrame): Finding[] {
  return frame.regions
    .filter(({ quality }) => quality >= MIN_QUALITY)
    .flatMap((region) => [...matchRegion(watched, frame, region), ...matchNegative(watched, frame, region)]);
}

function matchRegion(watched: WatchedAssets, frame: PostFrame, region: RegionHash): Finding[] {
  const { library } = watched;
  const findings: Finding[] = [];
  library.crops.search(region.hash, WORTH_A_LOOK_BITS, (slot, distance) => {
    const { asset, rect, turn } = library.cropVariant(slot);
    if (!watched.isWatched(asset)) return;
    const map = mapOfRects(rect, turn, region.rect);
    const { overall, typical } = correlate(library.thumbnail(asset).fine, frame.thumbnail, map);
    const isNear = distance <= watched.maxHashBits(asset);
    if (overall < MIN_LIKENESS || (!isNear && typical < MIN_TYPICAL_LIKENESS)) return;
    findings.push({
      asset,
      confidence: isNear ? hashConfidence(distance) : 0.7 * overall,
      how: ['region', ...describeTurn(turn), describeLikeness(overall)],
      distance,
      region: outlineOf(map),
      inliers: 0,
    });
  });
  return findings;
}

/** Finds a negative: every bit inverted, and the likeness near -1. */
function matchNegative(watched: WatchedAssets, frame: PostFrame, region: RegionHash): Finding[] {
  const { library } = watched;
  const findings: Finding[] = [];
  library.crops.search(inverted(region.hash), DEFAULT_THRESHOLDS.maxHashBits, (slot, distance) => {
    const { asset, rect, turn } = library.cropVariant(slot);
    if (!watched.isWatched(asset) || distance > watched.maxHashBits(asset)) return;
    if (library.asset(asset).isCutOut) return;
    const map = mapOfRects(rect, turn, region.rect);
    const { overall, typical } = correlate(library.thumbnail(asset).fine, frame.thumbnail, map);
    if (overall > -MIN_LIKENESS || typical > -MIN_TYPICAL_LIKENESS) return;
    findings.push({
      asset,
      confidence: hashConfidence(distance),
      how: ['region', ...describeTurn(turn), 'negative', describeLikeness(overall)],
      distance,
      region: outlineOf(map),
      inliers: 0,
    });
  });
  return findings;
}
