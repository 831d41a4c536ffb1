import { type PostFrame } from '../fingerprint/post-fingerprint.ts';
import { correlate } from '../geometry/correlate.ts';
import { mapOfRects } from '../geometry/dihedral-map.ts';
import { outlineOf } from '../geometry/outline.ts';
import { MIN_QUALITY } from '../pdq/pdq-hash.ts';
import { describeLikeness, describeTurn, hashConfidence } from './hash-evidence.ts';
import { type Finding } from './image-match.ts';
import { type WatchedAssets } from './watched-assets.ts';

/** Beyond the bits that are enough by themselves, up to these the pictures are laid over each other. */
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
      const evidence = { asset, distance, region: outlineOf(map) };
      const how = ['region', ...describeTurn(turn)];
      if (distance <= watched.maxHashBits(asset)) {
        findings.push({ ...evidence, confidence: hashConfidence(distance), how });
        return;
      }
      const { overall, typical } = correlate(library.asset(asset).thumbnail, frame.thumbnail, map);
      if (overall < MIN_LIKENESS || typical < MIN_TYPICAL_LIKENESS) return;
      findings.push({ ...evidence, confidence: 0.7 * overall, how: [...how, describeLikeness(overall)] });
    });
  }
  return findings;
}
