import sharp, { type Metadata, type SharpOptions } from 'sharp';
import { ImageError } from '../errors/image-error.ts';
import { chooseStills } from './choose-stills.ts';
import { isCutShort } from './cut-short.ts';
import { listStills } from './list-stills.ts';
import { openPicture, type OpenedPicture } from './open-picture.ts';
import { cutStrip, LONGEST_ASPECT, TILED_LENGTH, type Tile } from './cut-strip.ts';
import { flattenByContrast, type FlattenedImage } from './flatten-by-contrast.ts';
import { readJxlSize } from './jxl-size.ts';
import { isForeign, unpackForeign } from './unpack-foreign.ts';
import { type PictureNote } from './picture-note.ts';
import { type RasterFormat } from './sniff-format.ts';
import { type RgbImage } from './rgb-image.ts';
import { type Still } from './still.ts';

/** Most pixels of one frame. The header tells, so a larger picture is refused before any pixel is decoded. */
export const MAX_PIXELS = 100_000_000;
/** Least length of the shorter side: a smaller picture shows nothing to recognise. */
const MIN_SIDE_PX = 16;

export interface DecodedImage {
  readonly format: RasterFormat;
  /** Size of the original, with its EXIF orientation applied. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** One frame for a still picture. Fitted into the asked square, never enlarged. */
  readonly frames: readonly FlattenedImage[];
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
  const metadata = await readHeader(picture);
  const listed = isForeign(picture, metadata)
    ? await unpackForeign(picture, metadata)
    : await listStills(picture, metadata, maxSidePx);
  const { chosen, unseen } = await chooseStills(listed);
  const frames: FlattenedImage[] = [];
  let partial = picture.flaw ?? missingFrames(picture, metadata);
  let failure: ImageError | null = null;
  for (const still of chosen) {
    const decoded = await decodeStill(picture, still, maxSidePx);
    if (decoded instanceof ImageError) failure ??= decoded;
    else {
      if (damage === 'refuse' && decoded.flaw !== null) throw decoded.flaw;
      frames.push(decoded.frame);
      partial ??= decoded.flaw?.message ?? null;
    }
  }
  if (failure !== null && (frames.length === 0 || damage === 'refuse')) throw failure;
  const flaw = partial ?? failure?.message ?? null;
  const notes: PictureNote[] = [];
  if (flaw !== null) notes.push({ kind: 'partial', message: flaw });
  if (unseen !== null) notes.push({ kind: 'unseen', message: unseen });
  const [first] = listed.stills;
  const { width: widthPx, height: heightPx } = isForeign(picture, metadata)
    ? (first?.input.raw ?? metadata)
    : metadata.autoOrient;
  const aspect = Math.max(widthPx, heightPx) / Math.min(widthPx, heightPx);
  const isStrip = damage === 'show' && frames.length === 1 && aspect > LONGEST_ASPECT;
  if (isStrip && aspect > TILED_LENGTH) notes.push(describeRest(aspect));
  const tiles = isStrip ? await decodeTiles(chosen[0]!, { widthPx, heightPx }, maxSidePx) : [];
  return { format: picture.format, widthPx, heightPx, frames, tiles, notes };
}

/** The decoder counts the frames that are there, and does not tell that the file ends between two of them. */
function missingFrames({ format, bytes }: OpenedPicture, { pages = 1 }: Header): string | null {
  if (pages === 1 || !isCutShort(format, bytes)) return null;
  return `the ${format} file has no end mark after ${pages} frames; later ones may be missing`;
}

/** Limits for every read of untrusted bytes. */
function limits(failOn: 'truncated' | 'none'): SharpOptions {
  return { limitInputPixels: MAX_PIXELS, failOn, sequentialRead: true };
}

type Header = Pick<Metadata, 'width' | 'height' | 'autoOrient' | 'pages' | 'delay' | 'compression'>;

function readJxlHeader(bytes: Uint8Array): Header {
  const size = readJxlSize(bytes);
  if (size === null) throw new Error('its header ends too early');
  return { ...size, autoOrient: size };
}

async function readHeader(picture: OpenedPicture): Promise<Header> {
  let metadata: Header;
  try {
    // No pixel limit here: only the header is read, and the check below gives a clearer reason.
    metadata =
      picture.format === 'jxl'
        ? readJxlHeader(picture.bytes)
        : await sharp(picture.bytes, { ...limits('none'), limitInputPixels: false }).metadata();
  } catch (error) {
    throw decodeFailure(picture, error);
  }
  const { width, height } = metadata;
  if (width * height > MAX_PIXELS) {
    throw new ImageError('too-many-pixels', `${width} × ${height} pixels; at most ${MAX_PIXELS} are decoded`);
  }
  if (Math.min(width, height) < MIN_SIDE_PX) {
    throw new ImageError(
      'too-small',
      `${width} × ${height} pixels; at least ${MIN_SIDE_PX} a side are needed`,
    );
  }
  return metadata;
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
    const frame = await decodePixels(still, 'truncated', maxSidePx);
    if (picture.flaw !== null && isOneColour(frame)) throw new Error('nothing of it is there');
    return { frame, flaw: null };
  } catch (error) {
    const failure = decodeFailure(picture, error);
    if (failure.reason === 'too-many-pixels') return failure;
    try {
      const frame = await decodePixels(still, 'none', maxSidePx);
      return isOneColour(frame) ? failure : { frame, flaw: failure };
    } catch {
      return failure;
    }
  }
}

async function decodePixels(
  { bytes, input }: Still,
  failOn: 'truncated' | 'none',
  maxSidePx: number,
): Promise<FlattenedImage> {
  const { data, info } = await sharp(bytes, { ...limits(failOn), ...input, autoOrient: true })
    .resize(maxSidePx, maxSidePx, { fit: 'inside', withoutEnlargement: true, kernel: 'linear' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return opaque(data, info);
}

/** Decodes a very long picture with its shorter side as wide as a tile, and cuts it. */
async function decodeTiles(
  { bytes, input }: Still,
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
  maxSidePx: number,
): Promise<Tile[]> {
  const short = Math.min(widthPx, heightPx);
  const long = Math.max(widthPx, heightPx);
  const shownPx = Math.min(long, Math.floor(short * TILED_LENGTH));
  const side = Math.min(short, Math.floor(maxSidePx / 2));
  const isTall = heightPx > widthPx;
  const { data, info } = await sharp(bytes, { ...limits('none'), ...input, autoOrient: true })
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
    return new ImageError('too-many-pixels', `more than ${MAX_PIXELS} pixels`, { cause });
  }
  const codec = /data precision \d+|compression format|not been built in/.exec(message);
  if (codec !== null) {
    const [line] = message.split('\n');
    return new ImageError(
      'unsupported-codec',
      `the ${format} file's kind of compression is not decoded: ${line}`,
      {
        cause,
      },
    );
  }
  if (flaw !== null || isCutShort(format, bytes)) {
    return new ImageError('truncated', `the ${format} file ends too early`, { cause });
  }
  return new ImageError('corrupt', `the ${format} file can't be decoded: ${message}`, { cause });
}
