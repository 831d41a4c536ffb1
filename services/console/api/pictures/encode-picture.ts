import { ImageError, type ImageEngine } from '@leakwatch/image-matching';
import sharp from 'sharp';
import { type OnDemand } from '../on-demand.ts';

const QUALITY = 82;

/**
 * Encodes a picture of any format that the matcher reads anew as WebP, upright, without its metadata: the browser gets pixels and nothing that a
 * stranger wrote. It is decoded in the picture engine's worker, within the limits there. Null for bytes that are no picture, or too large a one.
 */
export async function encodePicture(
  pictures: OnDemand<Pick<ImageEngine, 'show'>>,
  bytes: Uint8Array,
  width?: number,
): Promise<Buffer | null> {
  try {
    const shown = await (await pictures.get()).show(bytes);
    return await sharp(shown.data, { raw: { width: shown.width, height: shown.height, channels: 3 } })
      .resize({ width: Math.min(width ?? shown.width, shown.width) })
      .webp({ quality: QUALITY })
      .toBuffer();
  } catch (error) {
    if (error instanceof ImageError) return null;
    throw error;
  }
}
