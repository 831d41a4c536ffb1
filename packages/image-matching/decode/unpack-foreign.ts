import sharp from 'sharp';
import { ImageError } from '../errors/image-error.ts';
import { isKnownBmp, unpackBmp } from './unpack-bmp.ts';
import { readBmpHeader } from './bmp-header.ts';
import { isCutShort } from './cut-short.ts';
import { decodeHevc, decodeJpeg2000, decodeJxl, type RawImage } from './foreign-codecs.ts';
import { readJpeg2000Header } from './jpeg2000-header.ts';
import { type OpenedPicture } from './open-picture.ts';
import { type Header } from './read-header.ts';
import { type RasterFormat } from './sniff-format.ts';
import { type Still, type StillList } from './still.ts';
import { unpackPdf } from './unpack-pdf.ts';
import { unsupportedCodec } from './unsupported-codec.ts';

/** Most pixels that are unpacked whole: those of a telephone with 48 megapixels, in 200 MB. */
export const MAX_UNPACKED_PIXELS = 50_000_000;
/** Most pictures of a file that are unpacked, and most pixels of them together. */
const MAX_PICTURES = 24;
const MAX_PIXELS_TOGETHER = 100_000_000;

const FOREIGN: readonly RasterFormat[] = ['jxl', 'jp2', 'bmp', 'pdf'];

type Unpacked = Required<StillList>;

/** Tells whether sharp decodes no pixels of a picture, so that it is unpacked here. */
export function isForeign(
  { format }: Pick<OpenedPicture, 'format'>,
  { compression }: Pick<Header, 'compression'>,
): boolean {
  return FOREIGN.includes(format) || (format === 'heif' && compression === 'hevc');
}

/**
 * Unpacks the pictures of a file that sharp can't decode.
 *
 * @param maxSidePx side that is looked at: finer details are left out where the format allows it
 * @param most most pictures of the file to unpack
 *
 * @throws ImageError
 */
export async function unpackForeign(
  picture: OpenedPicture,
  header: Header,
  maxSidePx: number,
  most = MAX_PICTURES,
): Promise<Unpacked> {
  try {
    return await unpack(picture, header, maxSidePx, most);
  } catch (cause) {
    if (cause instanceof ImageError) throw cause;
    const { format, bytes } = picture;
    if (isCutShort(format, bytes)) {
      throw new ImageError('truncated', `the ${format} file ends too early`, { cause });
    }
    // A WebAssembly decoder may throw a number.
    const message = cause instanceof Error ? cause.message : 'its decoder gave up';
    throw new ImageError('corrupt', `the ${format} file can't be decoded: ${message}`, { cause });
  }
}

async function unpack(
  { format, bytes }: OpenedPicture,
  { width, height }: Header,
  maxSidePx: number,
  most: number,
): Promise<Unpacked> {
  const pixels = width * height;
  if (format === 'jxl') return alone(await decodeJxl(bytes, pixels));
  if (format === 'jp2') return alone(await unpackJpeg2000(bytes, maxSidePx));
  if (format === 'pdf') return unpackPdf(bytes, maxSidePx, most);
  return format === 'bmp' ? bitmap(bytes) : unpackHevc(bytes, pixels, maxSidePx, most);
}

function alone(image: RawImage): Unpacked {
  return { stills: [stillOf(image, 0)], total: 1, flaw: null };
}

function stillOf({ data, width, height, channels }: RawImage, index: number): Still {
  return { bytes: data, input: { raw: { width, height, channels } }, number: index + 1, durationMs: null };
}

function unpackJpeg2000(bytes: Uint8Array, maxSidePx: number): Promise<RawImage> {
  const header = readJpeg2000Header(bytes);
  if (header === null) throw new Error('its header is not whole');
  if (header.unknown !== null) throw unsupportedCodec('jp2', header.unknown);
  const { width, height } = header;
  const halvings = halvingsOf(header, maxSidePx);
  return decodeJpeg2000(bytes, (width * height) / 4 ** halvings, halvings);
}

/** Tells how often a JPEG 2000 picture is halved, so that both sides keep what is looked at. */
export function halvingsOf(
  { width, height, levels }: { width: number; height: number; levels: number },
  maxSidePx: number,
): number {
  const spare = Math.floor(Math.log2(Math.min(width, height) / maxSidePx));
  return Math.max(0, Math.min(levels, spare));
}

function bitmap(bytes: Uint8Array): Unpacked {
  const header = readBmpHeader(bytes);
  if (header === null) throw new Error('its header is not whole');
  const { width, height, bitsPerPixel, compression } = header;
  if (!isKnownBmp(header)) {
    throw unsupportedCodec('bmp', `${bitsPerPixel} bits a pixel with compression ${compression}`);
  }
  const unpacked = unpackBmp(bytes, header);
  if (unpacked === null) throw new ImageError('truncated', 'the bmp file ends before its pixels');
  const { rgba, isWhole } = unpacked;
  return {
    ...alone({ data: rgba, width, height, channels: 4 }),
    flaw: isWhole ? null : 'the bmp file ends too early',
  };
}

/** Further pictures are kept in the size that is looked at; the first keeps its own, for tiles of a very long one. */
async function unpackHevc(
  bytes: Uint8Array,
  pixels: number,
  maxSidePx: number,
  most: number,
): Promise<Unpacked> {
  const stills: Still[] = [];
  let left = MAX_PIXELS_TOGETHER;
  const isWanted = (size: { width: number; height: number }, index: number) => {
    const own = size.width * size.height;
    if (index > 0 && (index >= most || own > MAX_UNPACKED_PIXELS || own > left)) return false;
    left -= own;
    return true;
  };
  const total = await decodeHevc(bytes, pixels, isWanted, async (image, index) => {
    stills.push(stillOf(index === 0 ? image : await shrunk(image, maxSidePx), index));
  });
  if (stills.length === 0) throw new Error('no picture in it');
  return { stills, total, flaw: null };
}

async function shrunk({ data, width, height, channels }: RawImage, maxSidePx: number): Promise<RawImage> {
  const small = await sharp(data, { raw: { width, height, channels } })
    .resize(maxSidePx, maxSidePx, { fit: 'inside', withoutEnlargement: true, kernel: 'linear' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: small.data, width: small.info.width, height: small.info.height, channels };
}
