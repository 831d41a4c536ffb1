/** How a bitmap is written. */
interface BmpLayout {
  readonly bits: 1 | 4 | 8 | 16 | 24 | 32;
  readonly runs?: boolean;
  readonly topDown?: boolean;
  readonly os2?: boolean;
  /** Masks of red, green, blue and alpha, in a header of Windows 98. */
  readonly masks?: readonly [number, number, number, number];
}

/**
 * Writes a grey picture as a bitmap; a value of 0 to 255 for each pixel. With few bits the values are rounded to what the palette or the
 * masks can say.
 */
export function bitmapOf(values: Uint8Array, width: number, height: number, layout: BmpLayout): Buffer {
  const { bits, runs = false, topDown = false, os2 = false, masks } = layout;
  const palette = bits <= 8 ? greyPalette(bits, os2 ? 3 : 4) : Buffer.alloc(0);
  const rows = Array.from({ length: height }, (_, y) => values.subarray(y * width, (y + 1) * width));
  if (!topDown) rows.reverse();
  const pixels = Buffer.concat([
    ...rows.map((row) => (runs ? runsOf(row, bits) : packedRow(row, bits, masks))),
    ...(runs ? [Buffer.from([0, 1])] : []),
  ]);
  const header = os2 ? os2Header(width, height, bits) : windowsHeader(width, height, layout);
  const file = Buffer.alloc(14);
  file.write('BM', 'latin1');
  file.writeUInt32LE(14 + header.length + palette.length + pixels.length, 2);
  file.writeUInt32LE(14 + header.length + palette.length, 10);
  return Buffer.concat([file, header, palette, pixels]);
}

function os2Header(width: number, height: number, bits: number): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt32LE(12, 0);
  [width, height, 1, bits].forEach((value, i) => header.writeUInt16LE(value, 4 + i * 2));
  return header;
}

function windowsHeader(width: number, height: number, { bits, runs, topDown, masks }: BmpLayout): Buffer {
  const header = Buffer.alloc(masks === undefined ? 40 : 108);
  header.writeUInt32LE(header.length, 0);
  header.writeInt32LE(width, 4);
  header.writeInt32LE(topDown === true ? -height : height, 8);
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(bits, 14);
  header.writeUInt32LE(masks !== undefined ? 3 : runs === true ? (bits === 8 ? 1 : 2) : 0, 16);
  masks?.forEach((mask, i) => header.writeUInt32LE(mask, 40 + i * 4));
  return header;
}

function greyPalette(bits: number, entryBytes: number): Buffer {
  const count = 2 ** bits;
  return Buffer.concat(
    Array.from({ length: count }, (_, i) => Buffer.alloc(entryBytes, Math.round((i * 255) / (count - 1)))),
  );
}

function packedRow(row: Uint8Array, bits: number, masks: BmpLayout['masks']): Buffer {
  const packed = Buffer.alloc(Math.ceil((row.length * bits) / 32) * 4);
  row.forEach((value, x) => {
    if (bits <= 8) {
      const index = Math.round((value * (2 ** bits - 1)) / 255);
      packed[(x * bits) >>> 3]! |= index << (8 - bits - ((x * bits) % 8));
    } else if (bits === 16) {
      const five = value >>> 3;
      packed.writeUInt16LE(masks === undefined ? (five << 10) | (five << 5) | five : by(masks, value), x * 2);
    } else if (masks !== undefined) packed.writeUInt32LE(by(masks, value), x * 4);
    else packed.fill(value, (x * bits) / 8, (x * bits) / 8 + 3);
  });
  return packed;
}

function by(masks: NonNullable<BmpLayout['masks']>, value: number): number {
  return masks.reduce((pixel, mask, channel) => {
    const bit = mask & -mask;
    const most = mask === 0 ? 0 : (mask >>> 0) / (bit >>> 0);
    return pixel + Math.round(((channel === 3 ? 255 : value) * Math.floor(most)) / 255) * (bit >>> 0);
  }, 0);
}

/** Runs of up to 100 pixels, and three pixels as they are where the row begins. */
function runsOf(row: Uint8Array, bits: number): Buffer {
  const indexes = [...row].map((value) => Math.round((value * (2 ** bits - 1)) / 255));
  const out = [0, 3];
  const [a, b, c] = indexes;
  out.push(...(bits === 8 ? [a!, b!, c!, 0] : [(a! << 4) | b!, c! << 4]));
  for (let x = 3; x < indexes.length;) {
    let end = x + 1;
    while (end < indexes.length && indexes[end] === indexes[x] && end - x < 100) end++;
    out.push(end - x, bits === 8 ? indexes[x]! : indexes[x]! * 17);
    x = end;
  }
  return Buffer.from([...out, 0, 0]);
}
