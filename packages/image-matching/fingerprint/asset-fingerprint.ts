import { type Luma } from '../decode/luma.ts';
import { type Features } from '../features/extract-features.ts';
import { DIHEDRAL_TURNS, type DihedralTurn } from '../pdq/dihedral.ts';
import { type Hash256 } from '../pdq/hash256.ts';
import { type RectShares } from '../regions/shares.ts';
import { ByteReader, unreadable } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import {
  ASSET_MARK,
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

/** The hash of an asset's crop, turned. */
export interface CropHash {
  /** Part of the registered picture. */
  readonly rect: RectShares;
  readonly turn: DihedralTurn;
  readonly hash: Hash256;
  readonly quality: number;
}

/** The stored form of a registered asset. */
export interface AssetFingerprint {
  /** Size of the working copy that `features` were found in. */
  readonly width: number;
  readonly height: number;
  /** PDQ's quality of the whole, 0 to 100. */
  readonly quality: number;
  /** Whether it is light or dark ink on a transparent ground; its negative is then another picture. */
  readonly isCutOut: boolean;
  /** PDQ of the whole in its eight turns, in the order of {@link DIHEDRAL_TURNS}. */
  readonly turned: readonly Hash256[];
  readonly crops: readonly CropHash[];
  readonly features: Features;
  /** Features of the picture mirrored left to right, in its own coordinates. */
  readonly mirroredFeatures: Features;
  readonly thumbnail: Luma;
  /** The working copy as `packRaster` packs it; null in versions before it. */
  readonly raster: Uint8Array | null;
}

export function packAsset(asset: AssetFingerprint): Uint8Array {
  const out = new ByteWriter();
  writeHead(out, ASSET_MARK);
  out.u16(asset.width);
  out.u16(asset.height);
  out.u8(asset.quality);
  out.u8(asset.isCutOut ? 1 : 0);
  for (const hash of asset.turned) writeHash(out, hash);
  out.u8(asset.crops.length);
  for (const crop of asset.crops) {
    writeRect(out, crop.rect);
    out.u8(DIHEDRAL_TURNS.indexOf(crop.turn));
    writeHash(out, crop.hash);
    out.u8(crop.quality);
  }
  writeFeatures(out, asset.features);
  writeFeatures(out, asset.mirroredFeatures);
  writeThumbnail(out, asset.thumbnail);
  writeBlock(out, asset.raster);
  return out.finish();
}

/** @throws ImageError `unreadable-fingerprint` */
export function unpackAsset(bytes: Uint8Array): AssetFingerprint {
  const input = new ByteReader(bytes);
  const version = readHead(input, ASSET_MARK);
  const width = input.u16();
  const height = input.u16();
  const quality = input.u8();
  const isCutOut = version >= WITH_PLACES && input.u8() === 1;
  const turned = DIHEDRAL_TURNS.map(() => readHash(input));
  const crops = Array.from({ length: input.u8() }, (): CropHash => {
    const rect = readRect(input);
    const turn = DIHEDRAL_TURNS[input.u8()];
    if (turn === undefined) throw unreadable('it names an unknown turn');
    return { rect, turn, hash: readHash(input), quality: input.u8() };
  });
  const features = readFeatures(input);
  const mirroredFeatures = readFeatures(input);
  const thumbnail = readThumbnail(input);
  const raster = version >= WITH_RASTERS ? readBlock(input) : null;
  input.end();
  return { width, height, quality, isCutOut, turned, crops, features, mirroredFeatures, thumbnail, raster };
}
