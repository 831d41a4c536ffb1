import { type PostFrame } from '../fingerprint/post-fingerprint.ts';
import { mapOfRects } from '../geometry/dihedral-map.ts';
import { outlineOf } from '../geometry/outline.ts';
import { MIN_QUALITY } from '../pdq/pdq-hash.ts';
import { inverted, type Hash256 } from '../pdq/hash256.ts';
import { WHOLE_PICTURE } from '../regions/shares.ts';
import { describeTurn, hashConfidence } from './hash-evidence.ts';
import { LARGEST_HASH_BITS, type Finding } from './image-match.ts';
import { type WatchedAssets } from './watched-assets.ts';

/** Stage 2: the whole frame is the whole asset, in one of its eight turns, or is its colour negative. */
export function matchPictures(watched: WatchedAssets, frame: PostFrame): Finding[] {
  if (frame.quality < MIN_QUALITY) return [];
  const findings: Finding[] = [];
  const look = (hash: Hash256, negative: boolean) => {
    watched.library.pictures.search(hash, LARGEST_HASH_BITS, (slot, distance) => {
      const { asset, rect, turn } = watched.library.pictureVariant(slot);
      if (!watched.isWatched(asset) || distance > watched.maxHashBits(asset)) return;
      findings.push({
        asset,
        confidence: hashConfidence(distance),
        how: ['pdq', ...describeTurn(turn), ...(negative ? ['negative'] : [])],
        distance,
        region: outlineOf(mapOfRects(rect, turn, WHOLE_PICTURE)),
      });
    });
  };
  look(frame.hash, false);
  look(inverted(frame.hash), true);
  return findings;
}
