import { type FeaturePlaces } from '../features/extract-features.ts';
import { type AssetFingerprint } from '../fingerprint/asset-fingerprint.ts';
import { packPlaces, unpackPlaces } from '../fingerprint/packed-features.ts';
import { packShades, unpackShades } from '../fingerprint/thumbnail.ts';
import { ThumbnailPyramid } from '../geometry/thumbnail-pyramid.ts';

/** Data of an asset that the indexes of hashes and descriptors do not hold, packed, because most assets are never looked at. */
export class FiledAsset {
  /** Size of the working copy that the features were found in. */
  readonly width: number;
  readonly height: number;
  /** PDQ's quality of the whole, 0 to 100. */
  readonly quality: number;
  /** Whether it is ink on a transparent ground; its negative is then another picture. */
  readonly isCutOut: boolean;
  /** Packed; null for a fingerprint of a version without it. */
  readonly raster: Uint8Array | null;
  readonly #places: Uint8Array;
  readonly #mirroredPlaces: Uint8Array;
  readonly #thumbnail: { readonly width: number; readonly height: number; readonly shades: Uint8Array };

  constructor(fingerprint: AssetFingerprint) {
    const { width, height, quality, isCutOut, raster, features, mirroredFeatures, thumbnail } = fingerprint;
    this.width = width;
    this.height = height;
    this.quality = quality;
    this.isCutOut = isCutOut;
    this.raster = raster;
    this.#places = packPlaces(features);
    this.#mirroredPlaces = packPlaces(mirroredFeatures);
    this.#thumbnail = { width: thumbnail.width, height: thumbnail.height, shades: packShades(thumbnail) };
  }

  /** Places of its features; their descriptors are in the index. */
  features(side: 'upright' | 'mirrored'): FeaturePlaces {
    return unpackPlaces(side === 'upright' ? this.#places : this.#mirroredPlaces);
  }

  thumbnail(): ThumbnailPyramid {
    const { width, height, shades } = this.#thumbnail;
    return new ThumbnailPyramid(unpackShades(width, height, shades));
  }
}
