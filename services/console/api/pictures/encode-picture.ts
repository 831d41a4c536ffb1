import sharp from 'sharp';

/** More pixels than any camera makes, and far fewer than a picture bomb claims. */
const MOST_PIXELS = 100_000_000;
const WIDEST = 1600;

/**
 * Encodes a picture anew as WebP, upright, without its metadata: the browser gets pixels and nothing that a stranger wrote.
 * Null for bytes that are no picture, or too large a one.
 */
export async function encodePicture(bytes: Uint8Array, width: number = WIDEST): Promise<Buffer | null> {
  try {
    return await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'none' })
      .autoOrient()
      .resize({ width: Math.min(width, WIDEST), height: WIDEST, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 82 })
      .timeout({ seconds: 10 })
      .toBuffer();
  } catch {
    return null;
  }
}
