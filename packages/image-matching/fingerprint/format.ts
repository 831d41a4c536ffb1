import { HASH_WORDS, type Hash256 } from '../pdq/hash256.ts';
import { type RectShares } from '../regions/shares.ts';
import { type ByteReader, unreadable } from './byte-reader.ts';
import { type ByteWriter } from './byte-writer.ts';

/** Raise with every change of the packed fields or their computation. */
const FINGERPRINT_VERSION = 7;
/** The oldest version that is still read: its fields are the same, and those added later are absent. */
const OLDEST_VERSION = 4;
/** First version with places of tiles and cut-outs. */
export const WITH_PLACES = 5;
/** First version with rasters. */
export const WITH_RASTERS = 6;

/** Name and version of the fingerprints of this package. */
export const IMAGE_ENGINE: string = `image/${FINGERPRINT_VERSION}`;

/** Tells whether this engine reads fingerprints of an engine's name, as {@link IMAGE_ENGINE} is one. */
export function isReadableEngine(engine: string): boolean {
  const [name, version] = engine.split('/');
  return name === 'image' && Number(version) >= OLDEST_VERSION && Number(version) <= FINGERPRINT_VERSION;
}

export const POST_MARK = 0x50;
export const ASSET_MARK = 0x41;
/** Begins the frames or pages of one asset, since version 7. */
export const FRAMES_MARK = 0x46;

export function writeHead(out: ByteWriter, mark: number): void {
  out.u8(mark);
  out.u8(FINGERPRINT_VERSION);
}

/** Gives the version. */
export function readHead(input: ByteReader, mark: number): number {
  const found = input.u8();
  const version = input.u8();
  if (found !== mark) throw unreadable(mark === POST_MARK ? "it is not a post's" : "it is not an asset's");
  if (version < OLDEST_VERSION || version > FINGERPRINT_VERSION) {
    throw unreadable(`it is of image/${version}, this engine is ${IMAGE_ENGINE}`);
  }
  return version;
}

export function writeHash(out: ByteWriter, hash: Hash256): void {
  for (const word of hash) out.u32(word);
}

export function readHash(input: ByteReader): Hash256 {
  return input.words(HASH_WORDS);
}

const SHARE_STEPS = 65535;

export function writeRect(out: ByteWriter, { left, top, right, bottom }: RectShares): void {
  for (const share of [left, top, right, bottom]) out.u16(Math.round(share * SHARE_STEPS));
}

export function readRect(input: ByteReader): RectShares {
  const next = () => input.u16() / SHARE_STEPS;
  return { left: next(), top: next(), right: next(), bottom: next() };
}

/** Writes bytes behind their number. */
export function writeBlock(out: ByteWriter, block: Uint8Array | null): void {
  out.u32(block?.length ?? 0);
  if (block !== null) out.bytes(block);
}

/** Reads bytes behind their number, as a copy that does not hold the rest; null for none. */
export function readBlock(input: ByteReader): Uint8Array | null {
  const length = input.u32();
  return length === 0 ? null : input.bytes(length).slice();
}
