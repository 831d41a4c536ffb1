import { lowFrequencies, SAMPLES } from '../pdq/dct.ts';
import { quality } from '../pdq/pdq-hash.ts';
import { type PdqFeatures } from '../pdq/pdq-hash.ts';
import { type IntegralImage, type Rect } from './integral-image.ts';

/**
 * Computes PDQ of a part of a picture from means of 64 × 64 cells instead of the reference's filter. That is a hundred times
 * faster and about ten bits off, so compare these hashes only with each other.
 */
export function regionFeatures(image: IntegralImage, rect: Rect): PdqFeatures {
  const square = image.meansOver(rect, SAMPLES, SAMPLES);
  return { frequencies: lowFrequencies(square), quality: quality(square) };
}
