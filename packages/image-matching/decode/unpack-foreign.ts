import { type Metadata } from 'sharp';
import { ImageError } from '../errors/image-error.ts';
import { decodeHevc, decodeJxl } from './foreign-codecs.ts';
import { type OpenedPicture } from './open-picture.ts';
import { type StillList } from './still.ts';

/** Most pixels that a WebAssembly decoder unpacks: those of a telephone with 48 megapixels, in 200 MB. */
const MAX_FOREIGN_PIXELS = 50_000_000;

/** Tells whether sharp reads the header of a picture but not its pixels. */
export function isForeign(
  { format }: OpenedPicture,
  { compression }: Pick<Metadata, 'compression'>,
): boolean {
  return format === 'jxl' || (format === 'heif' && compression === 'hevc');
}

/**
 * Unpacks the first picture of a file that sharp can't decode.
 *
 * @throws ImageError
 */
export async function unpackForeign(
  { format, bytes }: OpenedPicture,
  { width, height }: { width: number; height: number },
): Promise<StillList> {
  if (width * height > MAX_FOREIGN_PIXELS) {
    throw new ImageError(
      'too-many-pixels',
      `${width} × ${height} pixels of ${format}; at most ${MAX_FOREIGN_PIXELS} are decoded`,
    );
  }
  try {
    const shown = await (format === 'jxl' ? decodeJxl(bytes) : decodeHevc(bytes));
    const { pictures, data } = shown;
    return {
      stills: [
        {
          bytes: data,
          input: { raw: { width: shown.width, height: shown.height, channels: 4 } },
          number: 1,
          durationMs: null,
        },
      ],
      total: pictures,
    };
  } catch (cause) {
    // A WebAssembly decoder may throw a number.
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new ImageError('corrupt', `the ${format} file can't be decoded: ${message}`, { cause });
  }
}
