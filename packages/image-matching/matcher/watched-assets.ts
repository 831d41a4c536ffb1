import { type AssetLibrary } from './asset-library.ts';

/** View of the library for one watch-list version: its own assets only. */
export interface WatchedAssets {
  readonly library: AssetLibrary;
  /** True if this version watches the asset of that number. */
  isWatched(asset: number): boolean;
  /** Most bits of 256 between hashes of the same picture, for this asset. */
  maxHashBits(asset: number): number;
  /** The most of these of all assets. */
  readonly mostHashBits: number;
  /** True for a public picture, which is never named. */
  isCleared(asset: number): boolean;
}
