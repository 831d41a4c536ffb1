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
  let [darkest, brightest] = [means[0]!, means[0]!];
  for (const mean of means) {
    darkest = Math.min(darkest, mean);
    brightest = Math.max(brightest, mean);
  }
  const range = Math.max(1, brightest - darkest);
  const data = new Uint8Array(means.length);
  for (let i = 0; i < data.length; i++) data[i] = Math.round(((means[i]! - darkest) / range) * 15) * 17;
  return { width, height, data };
}

export function writeThumbnail(out: ByteWriter, thumbnail: Luma): void {
  out.u8(thumbnail.width);
  out.u8(thumbnail.height);
  out.bytes(packShades(thumbnail));
}

export function readThumbnail(input: ByteReader): Luma {
  const width = input.u8();
  const height = input.u8();
  return unpackShades(width, height, input.bytes(Math.ceil((width * height) / 2)));
}

/** Packs a thumbnail's pixels, two a byte. */
export function packShades({ data }: Luma): Uint8Array {
  const packed = new Uint8Array(Math.ceil(data.length / 2));
  for (let i = 0; i < data.length; i += 2) packed[i >>> 1] = (data[i]! / 17) * 16 + (data[i + 1] ?? 0) / 17;
  return packed;
}

export function unpackShades(width: number, height: number, packed: Uint8Array): Luma {
  const data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) {
    data[i] = (i % 2 === 0 ? packed[i >>> 1]! >>> 4 : packed[i >>> 1]! & 15) * 17;
  }
  return { width, height, data };
}
