import { ImageError } from '../errors/image-error.ts';
import { sniffFormat, type RasterFormat } from './sniff-format.ts';

/** Bytes searched for the beginning of a picture behind junk. */
const MAX_JUNK_BYTES = 4096;
/** A WebP file is not padded to more than this many times its size: its header may claim gigabytes. */
const MAX_PADDING_FACTOR = 8;

export interface OpenedPicture {
  readonly format: RasterFormat;
  /** The bytes for the decoder: without junk before them, and padded where the decoder insists on the full length. */
  readonly bytes: Uint8Array;
  /** Why the picture can't be complete; null for a file that looks whole. */
  readonly flaw: string | null;
}

/**
 * Finds the picture in untrusted bytes.
 *
 * @throws ImageError `empty` or `unsupported-format`
 */
export function openPicture(bytes: Uint8Array): OpenedPicture {
  if (bytes.length === 0) throw new ImageError('empty', 'there are no bytes');
  const format = sniffFormat(bytes);
  if (format !== null) return { format, ...padded(format, bytes) };
  if (isDocument(bytes)) return { format: 'pdf', bytes, flaw: null };
  const behind = behindJunk(bytes);
  if (behind === null) {
    throw new ImageError(
      'unsupported-format',
      'not a JPEG, PNG, GIF, WebP, AVIF, HEIF, TIFF, JPEG XL, JPEG 2000 or BMP picture, and no PDF document',
    );
  }
  return { format: behind.format, ...padded(behind.format, bytes.subarray(behind.at)) };
}

/** Gives the media type of bytes in which {@link openPicture} finds a picture; null for others. */
export function pictureType(bytes: Uint8Array): string | null {
  const format =
    sniffFormat(bytes) ?? (isDocument(bytes) ? 'pdf' : null) ?? behindJunk(bytes)?.format ?? null;
  if (format === 'pdf') return 'application/pdf';
  if (format !== 'heif') return format === null ? null : `image/${format}`;
  return Buffer.from(bytes.subarray(8, 11)).toString('latin1') === 'avi' ? 'image/avif' : 'image/heic';
}

/** The PDF header may stand behind junk, too. */
function isDocument(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-');
}

/** Looks for formats whose first bytes are long enough not to occur by chance. */
function behindJunk(bytes: Uint8Array): { format: RasterFormat; at: number } | null {
  const last = Math.min(MAX_JUNK_BYTES, bytes.length - 8);
  for (let at = 1; at <= last; at++) {
    const format = sniffFormat(bytes.subarray(at, at + 16));
    if (format === 'png' || format === 'gif' || format === 'webp') return { format, at };
    if (format === 'jpeg' && isJpegMarker(bytes[at + 3]!)) return { format, at };
  }
  return null;
}

/** A JPEG begins with an application segment, a comment, a table or a frame. */
function isJpegMarker(byte: number): boolean {
  return byte >= 0xe0 || (byte >= 0xc0 && byte <= 0xdf);
}

/** The decoder refuses a file whose first brand is a sequence of AV1, though its cover is a picture like any other. */
function asCover(bytes: Uint8Array): Uint8Array {
  if (Buffer.from(bytes.subarray(8, 12)).toString('latin1') !== 'avis') return bytes;
  const cover = bytes.slice();
  cover.set(Buffer.from('avif', 'latin1'), 8);
  return cover;
}

/**
 * Appends zeros to a cut WebP file, because its decoder refuses a file shorter than its header says. Zeros decode as grey
 * blocks below the part that is there.
 */
function padded(format: RasterFormat, bytes: Uint8Array): Pick<OpenedPicture, 'bytes' | 'flaw'> {
  if (format === 'heif') return { bytes: asCover(bytes), flaw: null };
  if (format !== 'webp' || bytes.length < 12) return { bytes, flaw: null };
  const wanted = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(4, true) + 8;
  if (wanted <= bytes.length || wanted > bytes.length * MAX_PADDING_FACTOR) return { bytes, flaw: null };
  const whole = new Uint8Array(wanted);
  whole.set(bytes);
  return { bytes: whole, flaw: `${wanted - bytes.length} of ${wanted} bytes are missing` };
}
