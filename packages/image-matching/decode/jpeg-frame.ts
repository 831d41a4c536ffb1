/** Frame markers of the processes that the decoder does not know: lossless and hierarchical ones. */
const UNKNOWN_PROCESSES = new Set([0xc3, 0xc5, 0xc6, 0xc7, 0xcb, 0xcd, 0xce, 0xcf]);
/** Markers that look like a frame's and are none: Huffman tables, a reserved one, arithmetic conditioning. */
const NO_FRAMES = new Set([0xc4, 0xc8, 0xcc]);

/**
 * Names what keeps a JPEG from being decoded, by its frame header; null for one that is decoded. The decoder's own message can't be
 * used: threads share it, so that another picture's message may stand in its place.
 */
export function unknownJpegProcess(bytes: Uint8Array): string | null {
  let at = 2;
  while (at + 5 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xda) return null;
    if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.has(marker)) {
      const bits = bytes[at + 4]!;
      if (bits !== 8) return `${bits} bits a sample`;
      return UNKNOWN_PROCESSES.has(marker) ? `process ${marker - 0xc0}` : null;
    }
    at += 2 + bytes[at + 2]! * 256 + bytes[at + 3]!;
  }
  return null;
}
