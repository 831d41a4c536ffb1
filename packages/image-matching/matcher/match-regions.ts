import { type PostFrame } from '../fingerprint/post-fingerprint.ts';
import { correlate } from '../geometry/correlate.ts';
import { mapOfRects } from '../geometry/dihedral-map.ts';
import { outlineOf } from '../geometry/outline.ts';
import { MIN_QUALITY } from '../pdq/pdq-hash.ts';
import { describeLikeness, describeTurn, hashConfidence } from './hash-evidence.ts';
import { type Finding } from './image-match.ts';
import { type WatchedAssets } from './watched-assets.ts';

/**
 * A post has many regions and an asset many crops, so chance has many tries: the pictures must be
 * alike, too, and hashes up to so many bits apart are of use where they are so block by block.
 */
const WORTH_A_LOOK_BITS = 45;
const MIN_LIKENESS = 0.8;
const MIN_TYPICAL_LIKENESS = 0.6;

/** Stage 3: a region of the frame is the asset or a common crop of it. */
export function matchRegions(watched: WatchedAssets, frame: PostFrame): Finding[] {
  const { library } = watched;
  const findings: Finding[] = [];
  for (const region of frame.regions) {
    if (region.quality < MIN_QUALITY) continue;
    library.crops.search(region.hash, WORTH_A_LOOK_BITS, (slot, distance) => {
      const { asset, rect, turn } = library.cropVariant(slot);
      if (!watched.isWatched(asset)) return;
      const map = mapOfRects(rect, turn, region.rect);
      const { overall, typical } = correlate(library.asset(asset).thumbnail.fine, frame.thumbnail, map);
      const isNear = distance <= watched.maxHashBits(asset);
      if (overall < MIN_LIKENESS || (!isNear && typical < MIN_TYPICAL_LIKENESS)) return;
      findings.push({
        asset,
        confidence: isNear ? hashConfidence(distance) : 0.7 * overall,
        how: ['region', ...describeTurn(turn), describeLikeness(overall)],
        distance,
        region: outlineOf(map),
      });
    });
  }
  return findings;
}
