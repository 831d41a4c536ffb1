import sharp, { type Metadata } from 'sharp';
import { readBmpHeader } from './bmp-header.ts';
import { readJpeg2000Header } from './jpeg2000-header.ts';
import { readJxlHeader } from './jxl-header.ts';
import { type RasterFormat } from './sniff-format.ts';

export type Header = Pick<
  Metadata,
  | 'width'
  | 'height'
  | 'autoOrient'
  | 'pages'
  | 'delay'
  | 'compression'
  | 'isProgressive'
  | 'chromaSubsampling'
>;

/** Pages are drawn in the size that is looked at, so that their own one doesn't count. */
const PDF_PAGE = { width: 595, height: 842 };

/** Headers of formats that sharp does not know. */
const OWN_READERS: Partial<
  Record<RasterFormat, (bytes: Uint8Array) => { width: number; height: number } | null>
> = { jxl: readJxlHeader, jp2: readJpeg2000Header, bmp: readBmpHeader, pdf: () => PDF_PAGE };

/**
 * Reads what a file says of its picture, before any pixel is unpacked.
 *
 * @throws Error for a header that can't be read
 */
export async function readHeader(format: RasterFormat, bytes: Uint8Array): Promise<Header> {
  const read = OWN_READERS[format];
  // No pixel limit here: only the header is read, and the caller's check gives a clearer reason.
  if (read === undefined) return sharp(bytes, { failOn: 'none', limitInputPixels: false }).metadata();
  const size = read(bytes);
  if (size === null) throw new Error('its header is damaged or not whole');
  const { width, height } = size;
  return { width, height, autoOrient: { width, height }, isProgressive: false, chromaSubsampling: '4:4:4' };
}
