const COMPRESSION_TAG = 259;
/** Compressions that the decoder reads: none, fax, LZW, JPEG, Deflate, PackBits, Zstandard and WebP. */
const KNOWN = new Set([1, 2, 3, 4, 5, 7, 8, 32773, 32946, 50000, 50001]);

/** Names the compression of a TIFF's first page if the decoder does not read it; null if it does, or if the file doesn't tell. */
export function unknownTiffCompression(bytes: Uint8Array): string | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[0] === 0x49;
  const within = (at: number, length: number) => at + length <= bytes.length;
  if (!within(4, 4)) return null;
  const directory = view.getUint32(4, little);
  if (!within(directory, 2)) return null;
  const fields = view.getUint16(directory, little);
  for (let i = 0; i < fields; i++) {
    const field = directory + 2 + i * 12;
    if (!within(field, 12)) return null;
    if (view.getUint16(field, little) !== COMPRESSION_TAG) continue;
    const compression = view.getUint16(field + 8, little);
    return KNOWN.has(compression) ? null : `compression ${compression}`;
  }
  return null;
}
