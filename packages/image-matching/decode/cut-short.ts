import { type RasterFormat } from './sniff-format.ts';

/** First two bytes of codestreams without a container. */
const BARE_CODESTREAMS = new Set([0xff0a, 0xff4f]);

/** The mark of a document's end stands within its last bytes. */
const PDF_END_BYTES = 1024;

/**
 * Tells whether a file ends before its container says. Used after a failed decode, to tell an interrupted download
 * (`truncated`) from bytes that never were a picture (`corrupt`).
 */
export function isCutShort(format: RasterFormat, bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (format) {
    case 'jpeg':
      return !endsWith(bytes, [0xff, 0xd9]);
    case 'png':
      return !endsWith(bytes, [0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);
    case 'gif':
      return !endsWith(bytes, [0x3b]);
    case 'webp':
      return bytes.length < 12 || view.getUint32(4, true) + 8 > bytes.length;
    case 'heif':
    case 'jxl':
    case 'jp2':
      return isoBoxesRunOut(view);
    case 'pdf':
      return !Buffer.from(bytes.subarray(-PDF_END_BYTES)).includes('%%EOF');
    case 'bmp':
      return view.getUint32(2, true) > bytes.length;
    case 'tiff':
      // The directory may stand anywhere in the file; an offset beyond the end shows the cut.
      return bytes.length < 8 || view.getUint32(4, bytes[0] === 0x49) >= bytes.length;
  }
}

function endsWith(bytes: Uint8Array, tail: readonly number[]): boolean {
  return tail.every((byte, index) => bytes[bytes.length - tail.length + index] === byte);
}

function isoBoxesRunOut(view: DataView): boolean {
  // A bare codestream of JPEG XL or JPEG 2000 has no boxes, and doesn't tell its length.
  if (view.byteLength > 1 && BARE_CODESTREAMS.has(view.getUint16(0))) return false;
  let at = 0;
  while (at + 8 <= view.byteLength) {
    const size = view.getUint32(at);
    if (size < 8) return false;
    at += size;
  }
  return at !== view.byteLength;
}
