/** Layout of a Windows or OS/2 bitmap, by its headers. */
export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  readonly bitsPerPixel: number;
  /** 0 none, 1 and 2 runs, 3 and 6 channels by masks, 4 a JPEG, 5 a PNG. */
  readonly compression: number;
  /** Beginning of the pixels in the file. */
  readonly pixelsAt: number;
  readonly palette: { readonly at: number; readonly entryBytes: number; readonly count: number };
  /** Bits of red, green, blue and alpha in a pixel of 16 or 32 bits; null for the usual ones. */
  readonly masks: readonly [number, number, number, number] | null;
}

const FILE_HEADER_BYTES = 14;
const OS2_HEADER_BYTES = 12;
/** Lengths of the second header, from OS/2 1 to Windows 98; a file is taken for a bitmap by them, as `BM` alone is too short. */
const HEADER_LENGTHS = new Set([OS2_HEADER_BYTES, 40, 52, 56, 64, 108, 124]);
const BY_MASKS = new Set([3, 6]);

export function beginsLikeBmp(bytes: Uint8Array): boolean {
  if (bytes.length < 26 || bytes[0] !== 0x42 || bytes[1] !== 0x4d) return false;
  return HEADER_LENGTHS.has(viewOf(bytes).getUint32(FILE_HEADER_BYTES, true));
}

/** Reads the headers; null for headers that are not whole or claim no size. */
export function readBmpHeader(bytes: Uint8Array): BmpHeader | null {
  if (!beginsLikeBmp(bytes)) return null;
  const view = viewOf(bytes);
  const length = view.getUint32(FILE_HEADER_BYTES, true);
  const pixelsAt = view.getUint32(10, true);
  if (length === OS2_HEADER_BYTES) {
    const bitsPerPixel = view.getUint16(24, true);
    return checked({
      width: view.getUint16(18, true),
      height: view.getUint16(20, true),
      isTopDown: false,
      bitsPerPixel,
      compression: 0,
      pixelsAt,
      palette: { at: 26, entryBytes: 3, count: paletteSize(bitsPerPixel, 0) },
      masks: null,
    });
  }
  if (bytes.length < FILE_HEADER_BYTES + 40) return null;
  const rows = view.getInt32(22, true);
  const bitsPerPixel = view.getUint16(28, true);
  const compression = view.getUint32(30, true);
  // The masks belong to the longer headers, and stand in the same place behind the shortest.
  const hasMasks = BY_MASKS.has(compression);
  const hasAlpha = compression === 6 || length >= 56;
  const maskBytes = hasMasks && length === 40 ? (hasAlpha ? 16 : 12) : 0;
  if (hasMasks && bytes.length < 54 + (hasAlpha ? 16 : 12)) return null;
  const mask = (i: number) => view.getUint32(54 + i * 4, true);
  return checked({
    width: view.getInt32(18, true),
    height: Math.abs(rows),
    isTopDown: rows < 0,
    bitsPerPixel,
    compression,
    pixelsAt,
    palette: {
      at: FILE_HEADER_BYTES + length + maskBytes,
      entryBytes: 4,
      count: paletteSize(bitsPerPixel, view.getUint32(46, true)),
    },
    masks: hasMasks ? [mask(0), mask(1), mask(2), hasAlpha ? mask(3) : 0] : null,
  });
}

function checked(header: BmpHeader): BmpHeader | null {
  return header.width > 0 && header.height > 0 ? header : null;
}

function paletteSize(bitsPerPixel: number, told: number): number {
  if (bitsPerPixel > 8) return 0;
  const most = 2 ** bitsPerPixel;
  return told === 0 ? most : Math.min(told, most);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
