import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { FRAMES_MARK, readBlock, readHead, writeBlock, writeHead } from './format.ts';

/** One picture of an asset: its only one, or a frame or page of several. */
interface AssetFrame {
  /** Place in the file, from 1; null for an only picture. */
  readonly number: number | null;
  /** As `packAsset` packs it. */
  readonly data: Uint8Array;
}

/** Packs the frames or pages of an asset that has several. */
export function packFrames(
  frames: readonly { readonly number: number; readonly data: Uint8Array }[],
): Uint8Array {
  const out = new ByteWriter();
  writeHead(out, FRAMES_MARK);
  out.u8(frames.length);
  for (const { number, data } of frames) {
    out.u32(number);
    writeBlock(out, data);
  }
  return out.finish();
}

/**
 * Gives the pictures of a packed asset.
 *
 * @throws ImageError `unreadable-fingerprint`
 */
export function framesOfAsset(bytes: Uint8Array): AssetFrame[] {
  if (bytes[0] !== FRAMES_MARK) return [{ number: null, data: bytes }];
  const input = new ByteReader(bytes);
  readHead(input, FRAMES_MARK);
  const frames = Array.from({ length: input.u8() }, () => ({
    number: input.u32(),
    data: readBlock(input) ?? new Uint8Array(),
  }));
  input.end();
  return frames;
}
