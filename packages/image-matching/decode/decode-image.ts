import sharp, { type Metadata, type SharpOptions } from 'sharp';
import { ImageError } from '../errors/image-error.ts';
import { isCutShort } from './cut-short.ts';
import { sniffFormat, type RasterFormat } from './sniff-format.ts';

/** Most pixels of one frame. The header tells, so a larger picture is refused before any pixel is decoded. */
export const MAX_PIXELS = 100_000_000;
/** Least length of the shorter side: a smaller picture shows nothing to recognise. */
export const MIN_SIDE_PX = 16;
/** Most frames decoded of an animation, spread evenly over it. */
export const MAX_FRAMES = 4;

/** Packed 8-bit RGB, row by row, upright and without transparency. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export interface DecodedImage {
  readonly format: RasterFormat;
  /** Size of the original, with its EXIF orientation applied. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** One frame for a still picture. Fitted into the asked square, never enlarged. */
  readonly frames: readonly RgbImage[];
}

interface Header {
  readonly format: RasterFormat;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pages: number;
}

/**
 * Decodes an untrusted picture to frames of at most `maxSidePx` a side.
 *
 * @throws ImageError for anything but a decodable raster picture of an allowed size
 */
export async function decodeImage(bytes: Uint8Array, maxSidePx: number): Promise<DecodedImage> {
  if (bytes.length === 0) throw new ImageError('empty', 'there are no bytes');
  const format = sniffFormat(bytes);
  if (format === null) {
    throw new ImageError('unsupported-format', 'not a JPEG, PNG, GIF, WebP, AVIF, HEIF or TIFF picture');
  }
  const header = await readHeader(format, bytes);
  const frames: RgbImage[] = [];
  for (const page of framesOf(header.pages)) {
    frames.push(await decodeFrame(format, bytes, page, maxSidePx));
  }
  return { format, widthPx: header.widthPx, heightPx: header.heightPx, frames };
}

/** Limits for every read of untrusted bytes. */
function limits(page: number): SharpOptions {
  return { limitInputPixels: MAX_PIXELS, failOn: 'truncated', sequentialRead: true, page, pages: 1 };
}

async function readHeader(format: RasterFormat, bytes: Uint8Array): Promise<Header> {
  let metadata: Metadata;
  try {
    // No pixel limit here: only the header is read, and the check below gives a clearer reason.
    metadata = await sharp(bytes, { ...limits(0), limitInputPixels: false }).metadata();
  } catch (error) {
    throw decodeFailure(format, bytes, error);
  }
  const { width, height, autoOrient, pages = 1 } = metadata;
  if (width * height > MAX_PIXELS) {
    throw new ImageError('too-many-pixels', `${width} × ${height} pixels; at most ${MAX_PIXELS} are decoded`);
  }
  if (Math.min(width, height) < MIN_SIDE_PX) {
    throw new ImageError(
      'too-small',
      `${width} × ${height} pixels; at least ${MIN_SIDE_PX} a side are needed`,
    );
  }
  return { format, widthPx: autoOrient.width, heightPx: autoOrient.height, pages };
}

/** Up to {@link MAX_FRAMES} page numbers, spread evenly over the animation. */
function framesOf(pages: number): number[] {
  const count = Math.min(pages, MAX_FRAMES);
  return Array.from({ length: count }, (_, i) => Math.floor((i * pages) / count));
}

async function decodeFrame(
  format: RasterFormat,
  bytes: Uint8Array,
  page: number,
  maxSidePx: number,
): Promise<RgbImage> {
  try {
    const { data, info } = await sharp(bytes, { ...limits(page), autoOrient: true })
      .resize(maxSidePx, maxSidePx, { fit: 'inside', withoutEnlargement: true, kernel: 'linear' })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data: threeChannels(data, info.channels) };
  } catch (error) {
    throw decodeFailure(format, bytes, error);
  }
}

function threeChannels(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return data;
  const pixels = data.length / channels;
  const rgb = new Uint8Array(pixels * 3);
  for (let i = 0; i < pixels; i++) {
    // One or two channels are grey, four have an alpha that was not flattened.
    for (let c = 0; c < 3; c++) rgb[i * 3 + c] = data[i * channels + (channels < 3 ? 0 : c)]!;
  }
  return rgb;
}

function decodeFailure(format: RasterFormat, bytes: Uint8Array, cause: unknown): ImageError {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (message.includes('exceeds pixel limit')) {
    return new ImageError('too-many-pixels', `more than ${MAX_PIXELS} pixels`, { cause });
  }
  if (isCutShort(format, bytes)) {
    return new ImageError('truncated', `the ${format} file ends too early`, { cause });
  }
  return new ImageError('corrupt', `the ${format} file can't be decoded: ${message}`, { cause });
}
