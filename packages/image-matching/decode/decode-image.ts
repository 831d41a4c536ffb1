import sharp, { type SharpOptions } from 'sharp';
import { ImageError } from '../errors/image-error.ts';
import { chooseStills } from './choose-stills.ts';
import { isCutShort } from './cut-short.ts';
import { listStills } from './list-stills.ts';
import { openPicture, type OpenedPicture } from './open-picture.ts';
import { cutStrip, LONGEST_ASPECT, TILED_LENGTH, type Tile } from './cut-strip.ts';
import { flattenByContrast, type FlattenedImage } from './flatten-by-contrast.ts';
import { checkHeader, maxPixelsOf, unknownCodec } from './check-header.ts';
import { readHeader, type Header } from './read-header.ts';
import { isForeign, unpackForeign } from './unpack-foreign.ts';
import { type PictureNote } from './picture-note.ts';
import { type RasterFormat } from './sniff-format.ts';
import { type RgbImage } from './rgb-image.ts';
import { type Still, type StillList } from './still.ts';
import { describeUnreadFrames } from './unread-frames.ts';
import { unsupportedCodec } from './unsupported-codec.ts';

export interface DecodedFrame extends FlattenedImage {
  /** Place in the file, from 1. */
  readonly number: number;
}

export interface DecodedImage {
  readonly format: RasterFormat;
  /** Size of the original, with its EXIF orientation applied. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** One frame for a still picture. Fitted into the asked square, never enlarged. */
  readonly frames: readonly DecodedFrame[];
  /** Tiles of a very long picture, which its frame shows too small; empty for others. */
  readonly tiles: readonly Tile[];
  /** Parts of the file that the frames do not show; empty for a whole picture. */
  readonly notes: readonly PictureNote[];
}

/**
 * Decodes an untrusted picture to frames of at most `maxSidePx` a side. A damaged file gives what browsers show of it, marked
 * as partial; only a file that shows nothing fails.
 *
 * @param damage `refuse` throws for a damaged file, too
 *
 * @throws ImageError for anything but a decodable raster picture of an allowed size
 */
export async function decodeImage(
  bytes: Uint8Array,
  maxSidePx: number,
  damage: 'show' | 'refuse' = 'show',
): Promise<DecodedImage> {
  const picture = openPicture(bytes);
  if (damage === 'refuse' && picture.flaw !== null) throw new ImageError('truncated', picture.flaw);
  const header = await checkedHeader(picture);
  const listed = isForeign(picture, header)
    ? await unpackForeign(picture, header, maxSidePx)
    : await listStills(picture, header, maxSidePx);
  const { chosen, unseen } = await chooseStills(listed);
  const frames: DecodedFrame[] = [];
  const unpackedFlaw = listed.flaw ?? null;
  if (damage === 'refuse' && unpackedFlaw !== null) throw new ImageError('truncated', unpackedFlaw);
  let partial = picture.flaw ?? unpackedFlaw ?? missingFrames(picture, header);
  let failure: ImageError | null = null;
  for (const still of chosen) {
    const decoded = await decodeStill(picture, still, maxSidePx);
    if (decoded instanceof ImageError) failure ??= decoded;
    else {
      if (damage === 'refuse' && decoded.flaw !== null) throw decoded.flaw;
      frames.push({ ...decoded.frame, number: still.number });
      partial ??= decoded.flaw?.message ?? null;
    }
  }
  if (failure !== null && (frames.length === 0 || damage === 'refuse')) throw failure;
  const flaw = partial ?? failure?.message ?? null;
  const notes: PictureNote[] = [];
  if (flaw !== null) notes.push({ kind: 'partial', message: flaw });
  for (const message of [unseen, describeUnreadFrames(picture)]) {
    if (message !== null) notes.push({ kind: 'unseen', message });
  }
  const { widthPx, heightPx } = sizeOf(picture, header, listed);
  const aspect = Math.max(widthPx, heightPx) / Math.min(widthPx, heightPx);
  const isStrip = damage === 'show' && frames.length === 1 && aspect > LONGEST_ASPECT;
  if (isStrip && aspect > TILED_LENGTH) notes.push(describeRest(aspect));
  const tiles = isStrip ? await decodeTiles(picture.format, chosen[0]!, header.autoOrient, maxSidePx) : [];
  return { format: picture.format, widthPx, heightPx, frames, tiles, notes };
}

/**
 * Decodes the first frame alone, as decodeImage does, for people to look at.
 *
 * @throws ImageError
 */
export async function decodeFirst(bytes: Uint8Array, maxSidePx: number): Promise<RgbImage> {
  const picture = openPicture(bytes);
  const header = await checkedHeader(picture);
  const [first] = isForeign(picture, header)
    ? (await unpackForeign(picture, header, maxSidePx, 1)).stills
    : [{ bytes: picture.bytes, input: {}, number: 1, durationMs: null }];
  const decoded = await decodeStill(picture, first!, maxSidePx);
  if (decoded instanceof ImageError) throw decoded;
  return decoded.frame;
}

/** Gives the size that people see: libheif has turned a picture upright that its header shows lying, and a document's header tells none. */
function sizeOf(
  picture: OpenedPicture,
  header: Header,
  { stills }: StillList,
): { widthPx: number; heightPx: number } {
  const isUpright = picture.format === 'pdf' || (picture.format === 'heif' && isForeign(picture, header));
  const raw = isUpright ? stills[0]?.input.raw : undefined;
  const { width, height } = raw ?? header.autoOrient;
  return { widthPx: width, heightPx: height };
}

/** The decoder counts the frames that are there, and does not tell that the file ends between two of them. */
function missingFrames({ format, bytes }: OpenedPicture, { pages = 1 }: Header): string | null {
  if (pages === 1 || !isCutShort(format, bytes)) return null;
  return `the ${format} file has no end mark after ${pages} frames; later ones may be missing`;
}

/** Limits for every read of untrusted bytes. */
function limits(format: RasterFormat, failOn: 'truncated' | 'none'): SharpOptions {
  return { limitInputPixels: maxPixelsOf(format), failOn, sequentialRead: true };
}

/** @throws ImageError */
async function checkedHeader(picture: OpenedPicture): Promise<Header> {
  const { format, bytes } = picture;
  const unknown = unknownCodec(picture);
  if (unknown !== null) throw unsupportedCodec(format, unknown);
  let header: Header;
  try {
    header = await readHeader(format, bytes);
  } catch (error) {
    throw decodeFailure(picture, error);
  }
  checkHeader(picture, header);
  return header;
}

interface Shown {
  readonly frame: FlattenedImage;
  /** Why the frame is not whole; null for a whole one. */
  readonly flaw: ImageError | null;
}

/** Decodes strictly first; then, of a damaged frame, everything up to and around the damage. */
async function decodeStill(
  picture: OpenedPicture,
  still: Still,
  maxSidePx: number,
): Promise<Shown | ImageError> {
  try {
    const frame = await decodePixels(picture.format, still, 'truncated', maxSidePx);
    if (picture.flaw !== null && isOneColour(frame)) throw new Error('nothing of it is there');
    return { frame, flaw: null };
  } catch (error) {
    const failure = decodeFailure(picture, error);
    if (failure.reason === 'too-many-pixels') return failure;
    try {
      const frame = await decodePixels(picture.format, still, 'none', maxSidePx);
      return isOneColour(frame) ? failure : { frame, flaw: failure };
    } catch {
      return failure;
    }
  }
}

async function decodePixels(
  format: RasterFormat,
  { bytes, input }: Still,
  failOn: 'truncated' | 'none',
  maxSidePx: number,
): Promise<FlattenedImage> {
  const { data, info } = await sharp(bytes, { ...limits(format, failOn), ...input, autoOrient: true })
    .resize(maxSidePx, maxSidePx, { fit: 'inside', withoutEnlargement: true, kernel: 'linear' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return opaque(data, info);
}

/** Decodes a very long picture with its shorter side as wide as a tile, and cuts it. */
async function decodeTiles(
  format: RasterFormat,
  { bytes, input }: Still,
  upright: { width: number; height: number },
  maxSidePx: number,
): Promise<Tile[]> {
  const { width: widthPx, height: heightPx } = input.raw ?? upright;
  const short = Math.min(widthPx, heightPx);
  const long = Math.max(widthPx, heightPx);
  const shownPx = Math.min(long, Math.floor(short * TILED_LENGTH));
  const side = Math.min(short, Math.floor(maxSidePx / 2));
  const isTall = heightPx > widthPx;
  const { data, info } = await sharp(bytes, { ...limits(format, 'none'), ...input, autoOrient: true })
    .extract({ left: 0, top: 0, width: isTall ? widthPx : shownPx, height: isTall ? shownPx : heightPx })
    .resize(isTall ? { width: side, kernel: 'linear' } : { height: side, kernel: 'linear' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return cutStrip(opaque(data, info), shownPx / long);
}

function describeRest(aspect: number): PictureNote {
  const percent = Math.floor((1 - TILED_LENGTH / aspect) * 100);
  return {
    kind: 'unseen',
    message: `the last ${percent} % of a picture ${Math.round(aspect)} times as long as wide were looked at in small only`,
  };
}

/** Decoders fill what they can't read with one colour; a frame of nothing else shows nothing. */
function isOneColour({ data }: RgbImage): boolean {
  const [red, green, blue] = data;
  for (let at = 0; at < data.length; at += 3) {
    if (data[at] !== red || data[at + 1] !== green || data[at + 2] !== blue) return false;
  }
  return true;
}

/** Gives three channels, without transparency. */
function opaque(
  data: Uint8Array,
  { width, height, channels }: { width: number; height: number; channels: number },
): FlattenedImage {
  if (channels === 3) return { width, height, data, isCutOut: false };
  const hasAlpha = channels === 2 || channels === 4;
  const to = hasAlpha ? 4 : 3;
  if (channels === to) return flattenByContrast(data, width, height);
  const pixels = width * height;
  const wide = new Uint8Array(pixels * to);
  for (let i = 0; i < pixels; i++) {
    wide.fill(data[i * channels]!, i * to, i * to + 3);
    if (hasAlpha) wide[i * to + 3] = data[i * channels + 1]!;
  }
  return hasAlpha ? flattenByContrast(wide, width, height) : { width, height, data: wide, isCutOut: false };
}

function decodeFailure({ format, bytes, flaw }: OpenedPicture, cause: unknown): ImageError {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (message.includes('exceeds pixel limit')) {
    return new ImageError('too-many-pixels', `more than ${maxPixelsOf(format)} pixels`, { cause });
  }
  if (/compression format|not been built in/.test(message)) {
    return unsupportedCodec(format, message.split('\n')[0]!, cause);
  }
  if (flaw !== null || isCutShort(format, bytes)) {
    return new ImageError('truncated', `the ${format} file ends too early`, { cause });
  }
  return new ImageError('corrupt', `the ${format} file can't be decoded: ${message}`, { cause });
}
