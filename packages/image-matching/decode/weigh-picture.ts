import sharp from 'sharp';
import { JPEG_2000_BYTES_PER_PIXEL, JXL_BYTES_PER_PIXEL } from './foreign-codecs.ts';
import { checkHeader, maxPixelsOf } from './check-header.ts';
import { readJpeg2000Header } from './jpeg2000-header.ts';
import { furtherPictures } from './mpo.ts';
import { PDF_MEMORY_BYTES } from './pdfium.ts';
import { openPicture, type OpenedPicture } from './open-picture.ts';
import { readHeader, type Header } from './read-header.ts';
import { type RasterFormat } from './sniff-format.ts';
import { halvingsOf } from './unpack-foreign.ts';

/**
 * Bytes a pixel that decoding takes at its peak, above the file itself: measured with pictures of 50 to 100 megapixels and rounded
 * up. Formats that are decoded line by line take little; an AVIF picture is decoded whole, in several copies.
 */
const BYTES_PER_PIXEL: Readonly<Record<Exclude<RasterFormat, 'pdf'>, number>> = {
  jpeg: 0.5,
  png: 1,
  tiff: 4,
  webp: 4,
  gif: 5,
  heif: 20,
  jxl: JXL_BYTES_PER_PIXEL,
  jp2: JPEG_2000_BYTES_PER_PIXEL,
  bmp: 12,
};

/** An interlaced PNG keeps all pixels, at two bytes a sample at most. */
const PROGRESSIVE_BYTES_PER_PIXEL = 8;
/** A progressive JPEG keeps all coefficients at two bytes: one and a half samples a pixel where colour is stored at half the size. */
const HALF_COLOUR_BYTES_PER_PIXEL = 3.2;
/** Most pages of a file that are weighed; those behind them are not decoded. */
const MAX_PAGES = 120;

/**
 * Tells how much memory decoding a picture will take, by its header: that of its largest page. 0 for bytes whose header can't be read or
 * claims too much: they are refused before any pixel is decoded.
 *
 * @param maxSidePx side that is looked at
 */
export async function weighPicture(bytes: Uint8Array, maxSidePx: number): Promise<number> {
  try {
    const picture = openPicture(bytes);
    const header = await readHeader(picture.format, picture.bytes);
    checkHeader(picture, header);
    const weights = [weightOf(picture, header, maxSidePx)];
    for (const page of await furtherHeaders(picture, header)) {
      weights.push(weightOf(picture, page, maxSidePx));
    }
    return Math.ceil(Math.max(...weights)) + bytes.byteLength;
  } catch {
    // Decoding finds the same fault, and tells it by its reason.
    return 0;
  }
}

/** Reads the headers of pages that have a size of their own. */
async function furtherHeaders({ format, bytes }: OpenedPicture, { pages = 1 }: Header): Promise<Header[]> {
  if (format === 'jpeg') {
    return readable(furtherPictures(bytes).pictures.map((further) => readHeader(format, further)));
  }
  if (format !== 'tiff') return [];
  const numbers = Array.from({ length: Math.min(pages, MAX_PAGES) - 1 }, (_, i) => i + 1);
  return readable(
    numbers.map((page) => sharp(bytes, { page, failOn: 'none', limitInputPixels: false }).metadata()),
  );
}

/** A page without a readable header is not decoded either. */
async function readable(headers: readonly Promise<Header>[]): Promise<Header[]> {
  const read = await Promise.allSettled(headers);
  return read.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

function weightOf(
  { format, bytes }: OpenedPicture,
  { width, height, isProgressive, chromaSubsampling }: Header,
  maxSidePx: number,
): number {
  if (format === 'pdf') return PDF_MEMORY_BYTES;
  // A larger page is refused by itself.
  const pixels = Math.min(width * height, maxPixelsOf(format));
  if (format === 'jp2') {
    const header = readJpeg2000Header(bytes);
    return header === null ? 0 : (pixels * BYTES_PER_PIXEL.jp2) / 4 ** halvingsOf(header, maxSidePx);
  }
  if (!isProgressive) return pixels * BYTES_PER_PIXEL[format];
  const isHalfColour = format === 'jpeg' && chromaSubsampling === '4:2:0';
  const whole = isHalfColour ? HALF_COLOUR_BYTES_PER_PIXEL : PROGRESSIVE_BYTES_PER_PIXEL;
  return pixels * Math.max(whole, BYTES_PER_PIXEL[format]);
}
