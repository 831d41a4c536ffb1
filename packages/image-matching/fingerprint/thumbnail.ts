import { type IntegralImage } from '../regions/integral-image.ts';
import { type Luma } from '../decode/luma.ts';
import { type ByteReader } from './byte-reader.ts';
import { type ByteWriter } from './byte-writer.ts';

/** Longer side of the stored thumbnail, which checks alignments. */
const THUMBNAIL_SIDE_PX = 128;

/** Makes a small grey copy, stretched to the full range of brightness and rounded to the 16 levels that packing keeps. */
export function makeThumbnail(image: IntegralImage): Luma {
  const scale = Math.min(1, THUMBNAIL_SIDE_PX / Math.max(image.width, image.height));
  const width = Math.max(1, Math.round(image.width * scale));
  const height = Math.max(1, Math.round(image.height * scale));
  const means = image.meansOver(image.whole, width, height);
  const darkest = means.reduce((a, b) => Math.min(a, b));
  const range = Math.max(1, means.reduce((a, b) => Math.max(a, b)) - darkest);
  return {
    width,
    height,
    data: Uint8Array.from(means, (value) => Math.round(((value - darkest) / range) * 15) * 17),
  };
}

/** Two pixels a byte. */
export function writeThumbnail(out: ByteWriter, { width, height, data }: Luma): void {
  out.u8(width);
  out.u8(height);
  for (let i = 0; i < data.length; i += 2) out.u8((data[i]! / 17) * 16 + (data[i + 1] ?? 0) / 17);
}

export function readThumbnail(input: ByteReader): Luma {
  const width = input.u8();
  const height = input.u8();
  const packed = input.bytes(Math.ceil((width * height) / 2));
  const data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) {
    data[i] = (i % 2 === 0 ? packed[i >>> 1]! >>> 4 : packed[i >>> 1]! & 15) * 17;
  }
  return { width, height, data };
}
