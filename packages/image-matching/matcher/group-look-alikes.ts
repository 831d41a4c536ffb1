import { type AssetLibrary } from './asset-library.ts';

/** Maps each asset of a version to its look-alikes in the same version, if any. */
export function groupLookAlikes(
  library: AssetLibrary,
  assets: ReadonlyMap<number, unknown>,
): Map<number, Set<number>> {
  const groups = new Map<number, Set<number>>();
  for (const number of assets.keys()) {
    const others = [...library.lookAlikes(number)].filter((other) => assets.has(other));
    if (others.length > 0) groups.set(number, new Set(others));
  }
  return groups;
}
