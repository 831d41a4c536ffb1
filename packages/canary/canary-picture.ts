import { crc32, deflateSync } from 'node:zlib';

const SIDE_PX = 320;
const SHAPES = 140;

/**
 * Draws a picture that is the same on every machine and like no other: overlapping discs of many sizes and colours, so that
 * each way of matching pictures finds features. PNG, 8 bits a channel.
 */
export function canaryPicture(): Uint8Array {
  return encodePng(drawDiscs());
}

/** Three bytes a pixel, row by row. */
function drawDiscs(): Uint8Array {
  const pixels = new Uint8Array(SIDE_PX * SIDE_PX * 3).fill(128);
  const random = pseudoRandom();
  for (let shape = 0; shape < SHAPES; shape += 1) {
    const x = random() % SIDE_PX;
    const y = random() % SIDE_PX;
    const radius = 6 + (random() % 34);
    const colour = [random() % 256, random() % 256, random() % 256];
    for (let row = Math.max(0, y - radius); row < Math.min(SIDE_PX, y + radius); row += 1) {
      const half = Math.floor(Math.sqrt(radius ** 2 - (row - y) ** 2));
      for (let column = Math.max(0, x - half); column < Math.min(SIDE_PX, x + half); column += 1) {
        pixels.set(colour, (row * SIDE_PX + column) * 3);
      }
    }
  }
  return pixels;
}

/** Whole numbers that repeat on every machine: a linear congruential generator (Numerical Recipes), its upper bits. */
function pseudoRandom(): () => number {
  let state = 20_261_122;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Eight bits a channel, colour type RGB, the only compression and filter methods there are, not interlaced. */
const FORMAT = [8, 2, 0, 0, 0];

/** PNG (ISO/IEC 15948): header, one data chunk whose rows are unfiltered, end. */
function encodePng(pixels: Uint8Array): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIDE_PX, 0);
  header.writeUInt32BE(SIDE_PX, 4);
  header.set(FORMAT, 8);
  const rowBytes = SIDE_PX * 3;
  const rows = Buffer.alloc(SIDE_PX * (rowBytes + 1));
  for (let row = 0; row < SIDE_PX; row += 1) {
    rows.set(pixels.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
