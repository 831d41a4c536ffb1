import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A picture that is fine. */
export function plainPicture(): Promise<Buffer> {
  const stripes = Array.from(
    { length: 20 },
    (_unused, n) =>
      `<rect x="${(n * 83) % 300}" y="${(n * 47) % 220}" width="70" height="50" fill="hsl(${n * 31},70%,50%)"/>`,
  ).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="400" height="300" fill="#eee"/>${stripes}</svg>`;
  return sharp(Buffer.from(svg)).jpeg().toBuffer();
}

/** A download that broke off before the first pixel of a JPEG. */
export async function truncatedJpeg(): Promise<Buffer> {
  const whole = await plainPicture();
  return whole.subarray(0, 200);
}

/** A square PNG of black pixels: a few kilobytes that unpack to a huge picture. */
export function blackPng(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // One bit a pixel, grey.
  header[8] = 1;
  const row = 1 + Math.ceil(side / 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(row * side))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}
