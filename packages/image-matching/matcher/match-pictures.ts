import { type PostFrame } from '../fingerprint/post-fingerprint.ts';
import { type Affine } from '../geometry/affine.ts';
import { correlate } from '../geometry/correlate.ts';
import { mapOfRects } from '../geometry/dihedral-map.ts';
import { outlineOf } from '../geometry/outline.ts';
import { inverted, type Hash256 } from '../pdq/hash256.ts';
import { MIN_QUALITY } from '../pdq/pdq-hash.ts';
import { WHOLE_PICTURE } from '../regions/shares.ts';
import { describeTurn, hashConfidence } from './hash-evidence.ts';
import { type Finding } from './image-match.ts';
import { type WatchedAssets } from './watched-assets.ts';

/** Least likeness of flat pictures, because many skies have similar hashes. */
const FLAT_LIKENESS = 0.97;
const FLAT_TYPICAL_LIKENESS = 0.8;

/** Stage 2: the whole frame is the whole asset, in one of its eight turns, or is its colour negative. */
export function matchPictures(watched: WatchedAssets, frame: PostFrame): Finding[] {
  const findings: Finding[] = [];
  const look = (hash: Hash256, negative: boolean) => {
    watched.library.pictures.search(hash, watched.mostHashBits, (slot, distance) => {
      const { asset, rect, turn } = watched.library.pictureVariant(slot);
      if (!watched.isWatched(asset) || distance > watched.maxHashBits(asset)) return;
      if (negative && watched.library.asset(asset).isCutOut) return;
      const map = mapOfRects(rect, turn, WHOLE_PICTURE);
      if (!isTrusted(watched, frame, asset, map)) return;
      findings.push({
        asset,
        confidence: hashConfidence(distance),
        how: ['pdq', ...describeTurn(turn), ...(negative ? ['negative'] : [])],
        distance,
        region: outlineOf(map),
        inliers: 0,
      });
    });
  };
  look(frame.hash, false);
  look(inverted(frame.hash), true);
  return findings;
}

function isTrusted({ library }: WatchedAssets, frame: PostFrame, number: number, map: Affine): boolean {
  const asset = library.asset(number);
  if (frame.quality >= MIN_QUALITY && asset.quality >= MIN_QUALITY) return true;
  // A negative fails this check, so negatives of flat pictures are not found.
  const { overall, typical } = correlate(library.thumbnail(number).fine, frame.thumbnail, map);
  return overall >= FLAT_LIKENESS && typical >= FLAT_TYPICAL_LIKENESS;
}
