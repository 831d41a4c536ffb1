import { decodeImage, type RgbImage } from '../decode/decode-image.ts';
import { exactLuma } from '../decode/luma.ts';
import { DIHEDRAL_TURNS, turnFrequencies } from '../pdq/dihedral.ts';
import { hashOf, pdqFeatures, type PdqFeatures } from '../pdq/pdq-hash.ts';
import { packAsset } from './asset-fingerprint.ts';
import { packPost } from './post-fingerprint.ts';

/** Side of the square into which pictures are fitted before anything looks at them. */
const WORKING_SIDE_PX = 720;

export interface PackedImage {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Uint8Array;
  /** For people, about what will not be found; empty for a post. */
  readonly warnings: string[];
}

/** @throws ImageError */
export async function fingerprintPost(bytes: Uint8Array): Promise<PackedImage> {
  const { widthPx, heightPx, frames } = await decodeImage(bytes, WORKING_SIDE_PX);
  const data = packPost({
    frames: frames.map((frame) => {
      const { frequencies, quality } = pdqOf(frame);
      return { hash: hashOf(frequencies), quality };
    }),
  });
  return { widthPx, heightPx, data, warnings: [] };
}

/** @throws ImageError */
export async function fingerprintAsset(bytes: Uint8Array): Promise<PackedImage> {
  const { widthPx, heightPx, frames } = await decodeImage(bytes, WORKING_SIDE_PX);
  const { frequencies, quality } = pdqOf(frames[0]!);
  const turned = DIHEDRAL_TURNS.map((turn) => hashOf(turnFrequencies(frequencies, turn)));
  return { widthPx, heightPx, data: packAsset({ turned, quality }), warnings: [] };
}

function pdqOf({ data, width, height }: RgbImage): PdqFeatures {
  return pdqFeatures(exactLuma(data, width * height), width, height);
}
