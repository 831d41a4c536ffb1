import sharp from 'sharp';
import { type Luma } from '../decode/luma.ts';
import { ImageError } from '../errors/image-error.ts';

/** Quality of JPEG at which shapes of letters survive. */
const QUALITY = 40;
/** Rasters of more parts than this are made smaller, because each part of an animation has one. */
const MANY_PARTS = 8;
const SMALL_SIDE_PX = 400;

/** Packs the grey working copy, which tells pictures of one layout apart when they are matched. */
export function packRaster({ width, height, data }: Luma, parts: number): Promise<Uint8Array> {
  const picture = sharp(data, { raw: { width, height, channels: 1 } });
  const fitted =
    parts > MANY_PARTS
      ? picture.resize(SMALL_SIDE_PX, SMALL_SIDE_PX, {
          fit: 'inside',
          withoutEnlargement: true,
          kernel: 'linear',
        })
      : picture;
  return fitted.toColourspace('b-w').jpeg({ quality: QUALITY }).toBuffer();
}

/** @throws ImageError `unreadable-fingerprint` */
export async function unpackRaster(packed: Uint8Array): Promise<Luma> {
  try {
    const { data, info } = await sharp(packed, { limitInputPixels: 1_000_000 })
      .toColourspace('b-w')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 1) throw new Error(`${info.channels} channels`);
    return { width: info.width, height: info.height, data };
  } catch (cause) {
    throw new ImageError('unreadable-fingerprint', "its raster can't be read", { cause });
  }
}
