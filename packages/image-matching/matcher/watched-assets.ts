import { type AssetLibrary } from './asset-library.ts';

/** What one version of the watch list sees of the library: its own assets only. */
export interface WatchedAssets {
  readonly library: AssetLibrary;
  /** Whether this version watches the asset of that number. */
  isWatched(asset: number): boolean;
  /** Bits of 256 up to which two hashes are the same picture, for this asset. */
  maxHashBits(asset: number): number;
}
