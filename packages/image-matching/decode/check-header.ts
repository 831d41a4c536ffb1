import { ImageError } from '../errors/image-error.ts';
import { unknownJpegProcess } from './jpeg-frame.ts';
import { type OpenedPicture } from './open-picture.ts';
import { type Header } from './read-header.ts';
import { type RasterFormat } from './sniff-format.ts';
import { unknownTiffCompression } from './tiff-compression.ts';
import { isForeign, MAX_UNPACKED_PIXELS } from './unpack-foreign.ts';
import { unsupportedCodec } from './unsupported-codec.ts';

/** Most pixels of one frame. The header tells, so a larger picture is refused before any pixel is decoded. */
const MAX_PIXELS = 100_000_000;
/** A JPEG is made smaller while it is unpacked, in a few megabytes; telephones write up to 200 megapixels. */
const MAX_JPEG_PIXELS = 250_000_000;
/** AV1 is decoded by sharp, HEVC by a decoder of its own. */
const HEIF_CODECS = new Set(['av1', 'hevc']);
/** Least length of the shorter side: a smaller picture shows nothing to recognise. */
const MIN_SIDE_PX = 16;

/** Gives the most pixels of one frame that sharp decodes of a format. */
export function maxPixelsOf(format: RasterFormat): number {
  return format === 'jpeg' ? MAX_JPEG_PIXELS : MAX_PIXELS;
}

/**
 * Names what keeps a picture from being decoded, by the file's own words; null for nothing. The decoder's message can't tell: threads
 * share it, so that another picture's may stand in its place.
 */
export function unknownCodec({ format, bytes }: OpenedPicture): string | null {
  if (format === 'jpeg') return unknownJpegProcess(bytes);
  if (format === 'tiff') return unknownTiffCompression(bytes);
  return null;
}

/** @throws ImageError `unsupported-codec`, `too-many-pixels` or `too-small` */
export function checkHeader(picture: OpenedPicture, header: Header): void {
  const { format } = picture;
  const { width, height } = header;
  const codec: string = header.compression ?? 'none that the file names';
  if (format === 'heif' && !HEIF_CODECS.has(codec)) throw unsupportedCodec(format, codec);
  const most = isForeign(picture, header) ? MAX_UNPACKED_PIXELS : maxPixelsOf(format);
  if (width * height > most) {
    throw new ImageError(
      'too-many-pixels',
      `${width} × ${height} pixels of ${format}; at most ${most} are decoded`,
    );
  }
  if (Math.min(width, height) < MIN_SIDE_PX) {
    throw new ImageError(
      'too-small',
      `${width} × ${height} pixels; at least ${MIN_SIDE_PX} a side are needed`,
    );
  }
}
