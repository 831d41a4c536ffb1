import sharp, { type Metadata } from 'sharp';
import { readJxlSize } from './jxl-size.ts';
import { sniffFormat, type RasterFormat } from './sniff-format.ts';

/**
 * Bytes a pixel that decoding takes at its peak, above the file itself: measured with pictures of 100 megapixels and rounded
 * up. Formats that are decoded line by line take little; an AVIF picture is decoded whole, in several copies.
 */
const BYTES_PER_PIXEL: Readonly<Record<RasterFormat, number>> = {
  jpeg: 0.5,
  png: 1,
  tiff: 4,
  webp: 4,
  gif: 5,
  heif: 20,
  jxl: 20,
};

/** A progressive JPEG keeps all coefficients, an interlaced PNG all pixels, at two bytes a sample at most. */
const PROGRESSIVE_BYTES_PER_PIXEL = 8;

/**
 * Tells how much memory decoding a picture will take, by its header. 0 for bytes without a readable header: they are refused
 * before any pixel is decoded.
 */
export async function weighPicture(bytes: Uint8Array): Promise<number> {
  if (sniffFormat(bytes) === 'jxl') {
    const size = readJxlSize(bytes);
    return size === null ? 0 : size.width * size.height * BYTES_PER_PIXEL.jxl + bytes.byteLength;
  }
  let metadata: Metadata;
  try {
    metadata = await sharp(bytes, { failOn: 'none', limitInputPixels: false }).metadata();
  } catch {
    return 0;
  }
  const { width, height, isProgressive } = metadata;
  const format = sniffFormat(bytes) ?? 'heif';
  const perPixel = isProgressive
    ? Math.max(PROGRESSIVE_BYTES_PER_PIXEL, BYTES_PER_PIXEL[format])
    : BYTES_PER_PIXEL[format];
  return Math.ceil(width * height * perPixel) + bytes.byteLength;
}
