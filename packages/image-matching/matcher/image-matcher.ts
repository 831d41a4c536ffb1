import { type Region } from '@leakwatch/contracts';
import { unpackAsset } from '../fingerprint/asset-fingerprint.ts';
import { unpackPost, type PostFrame } from '../fingerprint/post-fingerprint.ts';
import { HammingIndex } from '../hamming/hamming-index.ts';
import { DIHEDRAL_TURNS, type DihedralTurn } from '../pdq/dihedral.ts';
import { inverted, type Hash256 } from '../pdq/hash256.ts';

export interface ImageItem {
  readonly campaignId: string;
  readonly assetId: string;
  /** The asset's fingerprint, as `register` packed it. */
  readonly data: Uint8Array;
}

/** An asset that a post's picture shows. */
export interface ImageMatch {
  readonly campaignId: string;
  /** The asset's id. */
  readonly itemId: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** How it was found: `pdq`, `rotated-90`, `mirrored`, `negative` … */
  readonly how: string[];
  /** Bits of 256 in which perceptual hashes differ; null where hashes did not decide. */
  readonly distance: number | null;
  /** Where in the post's picture. */
  readonly region: Region | null;
}

/** One version of the watched assets; never changes. */
export interface ImageMatcher {
  /** How many assets it looks for. */
  readonly size: number;
  /**
   * The assets that a picture shows, at most one match an asset, from its packed fingerprint.
   *
   * @throws ImageError `unreadable-fingerprint`
   */
  match(fingerprint: Uint8Array): Promise<ImageMatch[]>;
}

/** Bits at which Meta's systems call two PDQ hashes the same picture. */
const SAME_PICTURE_BITS = 31;
/** Below, a hash is of a picture too flat to tell anything (PDQ's own rule). */
const MIN_QUALITY = 50;

const WHOLE_PICTURE: Region = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

interface Variant {
  readonly item: ImageItem;
  readonly turn: DihedralTurn;
}

/**
 * Makes assets ready to be looked for.
 *
 * @throws ImageError `unreadable-fingerprint` when an item's data is not of this engine
 */
export function compileImageMatcher(items: readonly ImageItem[]): ImageMatcher {
  const index = new HammingIndex();
  const variants: Variant[] = [];
  for (const item of items) {
    const asset = unpackAsset(item.data);
    if (asset.quality < MIN_QUALITY) continue;
    asset.turned.forEach((hash, i) => {
      variants[index.add(hash)] = { item, turn: DIHEDRAL_TURNS[i]! };
    });
  }
  return {
    size: items.length,
    match: (fingerprint) =>
      new Promise((resolve) => {
        resolve(matchHashes(index, variants, unpackPost(fingerprint).frames));
      }),
  };
}

function matchHashes(
  index: HammingIndex,
  variants: readonly Variant[],
  frames: readonly PostFrame[],
): ImageMatch[] {
  const best = new Map<ImageItem, ImageMatch>();
  const look = (hash: Hash256, negative: boolean) => {
    index.search(hash, SAME_PICTURE_BITS, (slot, distance) => {
      const { item, turn } = variants[slot]!;
      if ((best.get(item)?.distance ?? Infinity) <= distance) return;
      best.set(item, {
        campaignId: item.campaignId,
        itemId: item.assetId,
        confidence: confidenceOf(distance),
        how: ['pdq', ...(turn === 'upright' ? [] : [turn]), ...(negative ? ['negative'] : [])],
        distance,
        region: WHOLE_PICTURE,
      });
    });
  };
  for (const frame of frames) {
    if (frame.quality < MIN_QUALITY) continue;
    look(frame.hash, false);
    look(inverted(frame.hash), true);
  }
  return [...best.values()];
}

/** 1 for equal hashes, falling to 0.8 at the threshold. */
function confidenceOf(distance: number): number {
  return 1 - (0.2 * distance) / SAME_PICTURE_BITS;
}
