/**
 * Unpacks bitmaps in plain code, so that hostile bytes meet bounds checks only, and a cut file shows the rows that it has. The packages
 * for it leave out runs, 4 and 16 bits, or rows from the top.
 */
import { type BmpHeader } from './bmp-header.ts';
import { unpackRuns } from './bmp-runs.ts';

interface UnpackedBmp {
  /** Four bytes a pixel, not premultiplied. */
  readonly rgba: Uint8Array;
  /** Whether every pixel was in the file. */
  readonly isWhole: boolean;
}

const MASKS_OF_16_BITS = [0x7c00, 0x03e0, 0x001f, 0] as const;
const MASKS_OF_32_BITS = [0xff0000, 0x00ff00, 0x0000ff, 0] as const;
const DEPTHS = new Set([1, 2, 4, 8, 16, 24, 32]);

/** Tells whether the layout is one that {@link unpackBmp} reads. */
export function isKnownBmp({ bitsPerPixel, compression }: BmpHeader): boolean {
  if (compression === 0) return DEPTHS.has(bitsPerPixel);
  if (compression === 1) return bitsPerPixel === 8;
  if (compression === 2) return bitsPerPixel === 4;
  return (compression === 3 || compression === 6) && (bitsPerPixel === 16 || bitsPerPixel === 32);
}

/** Unpacks a known layout; null when not one row is there. */
export function unpackBmp(bytes: Uint8Array, header: BmpHeader): UnpackedBmp | null {
  const { width, height, bitsPerPixel, compression, pixelsAt } = header;
  const rgba = new Uint8Array(width * height * 4);
  makeOpaque(rgba);
  const isRuns = compression === 1 || compression === 2;
  const rows = isRuns
    ? unpackRuns(bytes.subarray(pixelsAt), width, height, bitsPerPixel === 4)
    : rowsOf(bytes, header);
  const filled = Math.min(height, rows.filled);
  if (filled === 0) return null;
  const paint = bitsPerPixel <= 8 ? painterByPalette(bytes, header, isRuns) : painterByMasks(header);
  let isAnyOpaque = false;
  for (let row = 0; row < filled; row++) {
    const y = header.isTopDown ? row : height - 1 - row;
    isAnyOpaque = paint(rows.data, row * rows.stride, rgba, y * width * 4, width) || isAnyOpaque;
  }
  // Many writers leave the bits of alpha empty, and mean an opaque picture.
  if (!isAnyOpaque) makeOpaque(rgba);
  return { rgba, isWhole: filled === height };
}

function makeOpaque(rgba: Uint8Array): void {
  for (let at = 3; at < rgba.length; at += 4) rgba[at] = 255;
}

interface Rows {
  readonly data: Uint8Array;
  readonly stride: number;
  /** Rows that are there, in the order of the file. */
  readonly filled: number;
}

/** Rows without compression are filled up to four bytes. */
function rowsOf(bytes: Uint8Array, { width, bitsPerPixel, pixelsAt }: BmpHeader): Rows {
  const stride = Math.ceil((width * bitsPerPixel) / 32) * 4;
  const data = bytes.subarray(pixelsAt);
  const lastBytes = Math.ceil((width * bitsPerPixel) / 8);
  return { data, stride, filled: Math.floor((data.length + stride - lastBytes) / stride) };
}

/** Paints one row, and tells whether a pixel of it is opaque. */
type Painter = (from: Uint8Array, at: number, to: Uint8Array, toAt: number, width: number) => boolean;

function painterByPalette(bytes: Uint8Array, { bitsPerPixel, palette }: BmpHeader, isRuns: boolean): Painter {
  // Runs are unpacked to a byte a pixel.
  const bits = isRuns ? 8 : bitsPerPixel;
  const perByte = 8 / bits;
  const most = 2 ** bits - 1;
  return (from, at, to, toAt, width) => {
    for (let x = 0; x < width; x++, toAt += 4) {
      const byte = from[at + Math.floor(x / perByte)]!;
      const index = (byte >>> (8 - bits - (x % perByte) * bits)) & most;
      if (index >= palette.count) continue;
      const entry = palette.at + index * palette.entryBytes;
      to[toAt] = bytes[entry + 2] ?? 0;
      to[toAt + 1] = bytes[entry + 1] ?? 0;
      to[toAt + 2] = bytes[entry] ?? 0;
    }
    return true;
  };
}

function painterByMasks({ bitsPerPixel, masks }: BmpHeader): Painter {
  if (bitsPerPixel === 24) return paintThreeBytes;
  const pixelBytes = bitsPerPixel / 8;
  const used = masks ?? (bitsPerPixel === 16 ? MASKS_OF_16_BITS : MASKS_OF_32_BITS);
  const channels = used.map(channelOf);
  return (from, at, to, toAt, width) => {
    let isAnyOpaque = used[3] === 0;
    for (let x = 0; x < width; x++, at += pixelBytes, toAt += 4) {
      let pixel = from[at]! | (from[at + 1]! << 8);
      if (pixelBytes === 4) pixel |= (from[at + 2]! << 16) | (from[at + 3]! << 24);
      for (let c = 0; c < 4; c++) {
        if (used[c] === 0) continue;
        const { shift, most } = channels[c]!;
        to[toAt + c] = Math.round((((pixel & used[c]!) >>> shift) * 255) / most);
      }
      if (to[toAt + 3]! > 0) isAnyOpaque = true;
    }
    return isAnyOpaque;
  };
}

const paintThreeBytes: Painter = (from, at, to, toAt, width) => {
  for (let x = 0; x < width; x++, at += 3, toAt += 4) {
    to[toAt] = from[at + 2]!;
    to[toAt + 1] = from[at + 1]!;
    to[toAt + 2] = from[at]!;
  }
  return true;
};

function channelOf(mask: number): { shift: number; most: number } {
  const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
  return { shift, most: Math.max(1, mask >>> shift) };
}
