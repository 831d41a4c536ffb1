import { beginsLikeBmp } from './bmp-header.ts';
import { beginsLikeJpeg2000 } from './jpeg2000-header.ts';

/** Formats to decode: rasters, and documents whose pages are drawn. SVG can read files and is refused. */
export type RasterFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'tiff' | 'heif' | 'jxl' | 'jp2' | 'bmp' | 'pdf';

/** ISO base media brands of AVIF and HEIF stills and sequences. */
const HEIF_BRANDS = new Set(['avif', 'avis', 'heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1']);

/** Recognises a raster format by its first bytes; null for anything else. */
export function sniffFormat(bytes: Uint8Array): RasterFormat | null {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (ascii(bytes, 0, 6) === 'GIF87a' || ascii(bytes, 0, 6) === 'GIF89a') return 'gif';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'webp';
  if (startsWith(bytes, [0x49, 0x49, 0x2a, 0x00]) || startsWith(bytes, [0x4d, 0x4d, 0x00, 0x2a]))
    return 'tiff';
  if (ascii(bytes, 4, 8) === 'ftyp' && HEIF_BRANDS.has(ascii(bytes, 8, 12))) return 'heif';
  if (startsWith(bytes, [0xff, 0x0a]) || ascii(bytes, 4, 12) === 'JXL \r\n\x87\n') return 'jxl';
  if (beginsLikeJpeg2000(bytes)) return 'jp2';
  if (beginsLikeBmp(bytes)) return 'bmp';
  return null;
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}
