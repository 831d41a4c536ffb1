import { MIN_QUALITY } from '../pdq/pdq-hash.ts';
import { type AssetLibrary } from './asset-library.ts';

/**
 * Bits up to which two assets are versions of one picture: a post that shows one of them can't be told from a post that shows the
 * other by its hash.
 */
const LOOK_ALIKE_BITS = 24;

/** For each asset that has any: the others that look like it, turned or not. */
export function groupLookAlikes(
  library: AssetLibrary,
  assets: ReadonlySet<number>,
): Map<number, Set<number>> {
  const groups = new Map<number, Set<number>>();
  for (const number of assets) {
    const { turned, quality } = library.asset(number);
    if (quality < MIN_QUALITY) continue;
    library.pictures.search(turned[0]!, LOOK_ALIKE_BITS, (slot) => {
      const other = library.pictureVariant(slot).asset;
      if (other === number || !assets.has(other)) return;
      const group = groups.get(number) ?? new Set();
      groups.set(number, group.add(other));
    });
  }
  return groups;
}
