import { type RgbImage } from '../decode/rgb-image.ts';
import { exactLuma } from '../decode/luma.ts';
import { pdqFeatures, type PdqFeatures } from './pdq-hash.ts';

/** Reused between pictures; a thread hashes one at a time. */
let luma = new Float32Array(0);

/** Computes PDQ of a decoded picture. */
export function pdqOfPicture({ data, width, height }: RgbImage): PdqFeatures {
  const pixels = width * height;
  if (luma.length < pixels) luma = new Float32Array(pixels);
  return pdqFeatures(exactLuma(data, pixels, luma), width, height);
}
