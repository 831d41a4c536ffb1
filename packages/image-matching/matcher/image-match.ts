import { type Grade, type Region } from '@leakwatch/contracts';

/** Settings of one asset. */
export interface AssetThresholds {
  /** Most bits of 256 between hashes of the same picture: 0 to 45; 31 (Meta's rule) by default. */
  readonly maxHashBits: number;
  /** Matches below this confidence are left out; 0 by default. */
  readonly minConfidence: number;
  /** Whether a picture of the same layout with other content keeps its full confidence; no by default. */
  readonly sameLayoutCounts: boolean;
}

/** Most confidence in a picture that has only the layout of the asset: below the thresholds of all tiers. */
export const SAME_LAYOUT_CONFIDENCE = 0.2;

export const DEFAULT_THRESHOLDS: AssetThresholds = {
  maxHashBits: 31,
  minConfidence: 0,
  sameLayoutCounts: false,
};
export const LARGEST_HASH_BITS = 45;

export interface ImageItem {
  readonly campaignId: string;
  readonly assetId: string;
  /** The asset's fingerprint, as `register` packed it. */
  readonly data: Uint8Array;
  readonly thresholds?: Partial<AssetThresholds>;
  /** A public picture, such as a published packshot or an empty template: never named, and not held against a post. */
  readonly isCleared?: boolean;
}

/** An asset that a post's picture shows. */
export interface ImageMatch {
  readonly campaignId: string;
  /** The asset's id. */
  readonly itemId: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly grade: Grade;
  /**
   * The stage that found it (`pdq`, `region`, `features`), its transform (`rotated-90`, `mirrored`, `negative` …) and scores
   * (`inliers-120`, `likeness-0.97`), the other stages that found it, `asset-frame-N` for an asset of several frames or pages, and `looks-like:CAMPAIGN/ASSET` for each
   * near-identical asset that the picture may show instead.
   */
  readonly how: string[];
  /** Bits of 256 between the perceptual hashes; null when hashes did not find the asset. */
  readonly distance: number | null;
  /** Place in the post's picture. */
  readonly region: Region | null;
}

/** A stage's finding: the picture shows the asset of that number. */
export interface Finding {
  readonly asset: number;
  readonly confidence: number;
  /** The stage first. */
  readonly how: readonly string[];
  readonly distance: number | null;
  readonly region: Region;
  /** Local features that agree with the place; 0 when hashes found it. */
  readonly inliers: number;
}
