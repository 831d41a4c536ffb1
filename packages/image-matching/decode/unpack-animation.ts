import sharp from 'sharp';
import { type Still } from './still.ts';

/** Most unpacked bytes of all frames at working size. */
export const MAX_FRAMES_BYTES = 128 * 1024 * 1024;

/**
 * Unpacks the first frames of a GIF or WebP in one pass, fitted into `maxSidePx`. Its frames build on each other, so one decode
 * for each frame would take time with the square of their number.
 *
 * @returns null for a damaged file, whose frames must be read one by one
 */
export async function unpackAnimation(
  bytes: Uint8Array,
  maxSidePx: number,
  count: number,
  delay: readonly number[],
): Promise<Still[] | null> {
  try {
    const { data, info } = await sharp(bytes, {
      page: 0,
      pages: count,
      failOn: 'truncated',
      limitInputPixels: false,
    })
      .resize(maxSidePx, maxSidePx, { fit: 'inside', withoutEnlargement: true, kernel: 'linear' })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const { width, pageHeight: height } = info;
    if (height === undefined || data.length !== width * height * 4 * count) return null;
    return Array.from({ length: count }, (_, page) => ({
      bytes: data.subarray(page * width * height * 4, (page + 1) * width * height * 4),
      input: { raw: { width, height, channels: 4 } },
      number: page + 1,
      durationMs: delay[page] ?? null,
    }));
  } catch {
    return null;
  }
}
