import { type Luma } from '../decode/luma.ts';
import { type Features } from '../features/extract-features.ts';
import { type Hash256 } from '../pdq/hash256.ts';
import { WHOLE_PICTURE, type RectShares } from '../regions/shares.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import {
  POST_MARK,
  readBlock,
  readHash,
  readHead,
  readRect,
  WITH_PLACES,
  WITH_RASTERS,
  writeBlock,
  writeHash,
  writeHead,
  writeRect,
} from './format.ts';
import { readFeatures, writeFeatures } from './packed-features.ts';
import { readThumbnail, writeThumbnail } from './thumbnail.ts';

/** The hash of a part of a picture. */
export interface RegionHash {
  readonly rect: RectShares;
  readonly hash: Hash256;
  /** PDQ's quality, 0 to 100. */
  readonly quality: number;
}

/** The stored form of one frame of a post's picture. */
export interface PostFrame {
  /** Size of the working copy that `features` were found in. */
  readonly width: number;
  readonly height: number;
  /** The frame's part of the picture: the whole, or a tile of a very long one. */
  readonly place: RectShares;
  /** PDQ of the whole frame, and its quality. */
  readonly hash: Hash256;
  readonly quality: number;
  readonly regions: readonly RegionHash[];
  readonly features: Features;
  readonly thumbnail: Luma;
  /** The working copy as `packRaster` packs it; null in versions before it. */
  readonly raster: Uint8Array | null;
}

/** The stored form of a post's picture: enough to match it again without the picture. */
export interface PostFingerprint {
  readonly frames: readonly PostFrame[];
}

export function packPost(fingerprint: PostFingerprint): Uint8Array {
  const out = new ByteWriter();
  writeHead(out, POST_MARK);
  out.u8(fingerprint.frames.length);
  for (const frame of fingerprint.frames) {
    out.u16(frame.width);
    out.u16(frame.height);
    writeRect(out, frame.place);
    writeHash(out, frame.hash);
    out.u8(frame.quality);
    out.u8(frame.regions.length);
    for (const region of frame.regions) {
      writeRect(out, region.rect);
      writeHash(out, region.hash);
      out.u8(region.quality);
    }
    writeFeatures(out, frame.features);
    writeThumbnail(out, frame.thumbnail);
    writeBlock(out, frame.raster);
  }
  return out.finish();
}

/** @throws ImageError `unreadable-fingerprint` */
export function unpackPost(bytes: Uint8Array): PostFingerprint {
  const input = new ByteReader(bytes);
  const version = readHead(input, POST_MARK);
  const frames = Array.from({ length: input.u8() }, () => readFrame(input, version));
  input.end();
  return { frames };
}

function readFrame(input: ByteReader, version: number): PostFrame {
  const width = input.u16();
  const height = input.u16();
  const place = version >= WITH_PLACES ? readRect(input) : WHOLE_PICTURE;
  const hash = readHash(input);
  const quality = input.u8();
  const regions = Array.from({ length: input.u8() }, (): RegionHash => {
    const rect = readRect(input);
    return { rect, hash: readHash(input), quality: input.u8() };
  });
  const features = readFeatures(input);
  const thumbnail = readThumbnail(input);
  const raster = version >= WITH_RASTERS ? readBlock(input) : null;
  return { width, height, place, hash, quality, regions, features, thumbnail, raster };
}
