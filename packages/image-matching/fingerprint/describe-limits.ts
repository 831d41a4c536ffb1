import { type Luma } from '../decode/luma.ts';
import { countDistinctCorners } from '../features/extract-features.ts';
import { MIN_QUALITY } from '../pdq/pdq-hash.ts';

/** With fewer corners, a crop of the asset may not be recognised. */
const FEW_CORNERS = 200;

/**
 * Describes for people which copies of an asset will and won't be found; empty for a picture with enough detail.
 *
 * @param quality PDQ quality of the whole asset
 */
export function describeLimits(asset: Luma, quality: number): string[] {
  const corners = countDistinctCorners(asset);
  const isFlat = quality < MIN_QUALITY;
  if (corners >= FEW_CORNERS && !isFlat) return [];
  if (corners >= FEW_CORNERS) {
    return [
      'too even for a perceptual hash: it is found by its local details alone, not in very small or blurred copies',
    ];
  }
  if (!isFlat) {
    return [
      `little detail (${corners} distinct corners): whole copies are found, also small, filtered, turned, mirrored or in an even ` +
        'frame; crops, tilted copies, stickers, screen photographs and collages may be missed',
    ];
  }
  return [
    `almost nothing to recognise (${corners} distinct corners, hash quality ${quality} of 100): most copies will be missed; ` +
      'register a picture with more detail of what must not leak',
  ];
}
