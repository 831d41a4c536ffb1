import { packAsset, unpackAsset } from '../fingerprint/asset-fingerprint.ts';
import { type ImageItem } from '../matcher/image-match.ts';
import { type Hash256 } from '../pdq/hash256.ts';

/** Items of so many assets: the given ones first. */
export function syntheticItems(real: readonly Uint8Array[], count: number): ImageItem[] {
  return Array.from({ length: count }, (_, i) => ({
    campaignId: 'bench',
    assetId: `asset-${i}`,
    data: i < real.length ? real[i]! : syntheticAsset(real[i % real.length]!, i),
  }));
}

/**
 * Makes more assets than there are pictures: flips a random mask's bits in all hashes and descriptors of a fingerprint. The result is
 * as rich as the original and similar to no other.
 */
function syntheticAsset(data: Uint8Array, seed: number): Uint8Array {
  let state = seed + 1;
  const mask = Uint32Array.from({ length: 8 }, () => (state = Math.imul(state, 1664525) + 1013904223));
  const masked = (words: Uint32Array): Hash256 => words.map((word, i) => word ^ mask[i % 8]!);
  const asset = unpackAsset(data);
  return packAsset({
    ...asset,
    turned: asset.turned.map(masked),
    crops: asset.crops.map((crop) => ({ ...crop, hash: masked(crop.hash) })),
    features: { ...asset.features, descriptors: masked(asset.features.descriptors) },
    mirroredFeatures: { ...asset.mirroredFeatures, descriptors: masked(asset.mirroredFeatures.descriptors) },
  });
}
