import { type Hash256 } from '../pdq/hash256.ts';
import { DIHEDRAL_TURNS } from '../pdq/dihedral.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { ASSET_MARK, readHash, readHead, writeHash, writeHead } from './format.ts';

/** What is kept of a registered asset. */
export interface AssetFingerprint {
  /** Of the picture in each of its eight turns, in the order of {@link DIHEDRAL_TURNS}. */
  readonly turned: readonly Hash256[];
  /** PDQ's quality, 0 to 100. */
  readonly quality: number;
}

export function packAsset(fingerprint: AssetFingerprint): Uint8Array {
  const out = new ByteWriter();
  writeHead(out, ASSET_MARK);
  out.u8(fingerprint.quality);
  for (const hash of fingerprint.turned) writeHash(out, hash);
  return out.finish();
}

/** @throws ImageError `unreadable-fingerprint` */
export function unpackAsset(bytes: Uint8Array): AssetFingerprint {
  const input = new ByteReader(bytes);
  readHead(input, ASSET_MARK);
  const quality = input.u8();
  const turned = DIHEDRAL_TURNS.map(() => readHash(input));
  input.end();
  return { quality, turned };
}
