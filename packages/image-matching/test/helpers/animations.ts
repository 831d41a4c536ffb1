import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

const SIDE = 64;

/** A still of one colour, named by its red. */
export async function plainStill(red: number, side = SIDE): Promise<Buffer> {
  const background = { r: red, g: (red * 5) % 256, b: (red * 11) % 256 };
  return sharp({ create: { width: side, height: side, channels: 3, background } })
    .png()
    .toBuffer();
}

/** An animated PNG: a full first frame, then squares in the upper left corner, each of half the side or of a side that is given. */
export function animatedPng(reds: readonly number[], dispose = 0, laterSide?: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIDE, 0);
  header.writeUInt32BE(SIDE, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const control = Buffer.alloc(8);
  control.writeUInt32BE(reds.length, 0);
  let sequence = 0;
  const frames = reds.flatMap((red, i) => {
    const side = i === 0 ? SIDE : (laterSide ?? SIDE >> i);
    const frame = Buffer.alloc(26);
    frame.writeUInt32BE(sequence++, 0);
    frame.writeUInt32BE(side, 4);
    frame.writeUInt32BE(side, 8);
    frame.writeUInt16BE(1, 20);
    frame.writeUInt16BE(10, 22);
    frame.writeUInt8(i === 0 ? 0 : dispose, 24);
    const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(side * 3, Buffer.from([red, 40, 90]))]);
    const pixels = deflateSync(Buffer.concat(Array.from({ length: side }, () => row)));
    if (i === 0) return [chunk('fcTL', frame), chunk('IDAT', pixels)];
    const number = Buffer.alloc(4);
    number.writeUInt32BE(sequence++);
    return [chunk('fcTL', frame), chunk('fdAT', Buffer.concat([number, pixels]))];
  });
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('acTL', control),
    ...frames,
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** JPEGs in CIPA's multi-picture format: one, and another that stands behind it once or several times. */
export function multiPicture(first: Buffer, second: Buffer, times = 1): Buffer {
  const index = Buffer.alloc(26 + 16 * (1 + times));
  index.write('MM', 0, 'latin1');
  index.writeUInt16BE(42, 2);
  index.writeUInt32BE(8, 4);
  index.writeUInt16BE(1, 8);
  index.writeUInt16BE(0xb002, 10);
  index.writeUInt16BE(7, 12);
  index.writeUInt32BE(16 * (1 + times), 14);
  index.writeUInt32BE(26, 18);
  const marker = Buffer.from([0xff, 0xe2, 0, 0]);
  marker.writeUInt16BE(2 + 4 + index.length, 2);
  const firstLength = first.length + marker.length + 4 + index.length;
  index.writeUInt32BE(firstLength, 26 + 4);
  for (let i = 0; i < times; i++) {
    index.writeUInt32BE(second.length, 42 + i * 16 + 4);
    // Offsets count from the index, which stands behind SOI, the marker and the name.
    index.writeUInt32BE(firstLength - 10 + i * second.length, 42 + i * 16 + 8);
  }
  const segment = Buffer.concat([Buffer.from('MPF\0', 'latin1'), index]);
  const seconds = Array.from({ length: times }, () => second);
  return Buffer.concat([first.subarray(0, 2), marker, segment, first.subarray(2), ...seconds]);
}
