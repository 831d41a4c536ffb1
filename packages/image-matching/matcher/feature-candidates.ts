import { type PostFrame } from '../fingerprint/post-fingerprint.ts';
import { type FeatureMatch } from '../geometry/find-alignment.ts';
import { type WatchedAssets } from './watched-assets.ts';

/** Most bits between descriptors of the same spot in two pictures. */
const MAX_DESCRIPTOR_BITS = 64;
/** Assets that one feature of a post may match, because near-identical assets share features. */
const ASSETS_PER_FEATURE = 3;
/** Largest distance of such a match, as a multiple of the best. */
const WORSE_AT_MOST = 1.2;
const MIN_MATCHES = 5;
/** Most assets, or their mirror images, whose geometry is checked. */
const MAX_CANDIDATES = 24;

/** Gives feature matches by owner in the library's descriptor index, most matches first. */
export function featureCandidates(
  watched: WatchedAssets,
  { features }: PostFrame,
): [owner: number, matches: FeatureMatch[]][] {
  const matches = new Map<number, FeatureMatch[]>();
  const nearest = new NearestOwners();
  for (let to = 0; to < features.count; to++) {
    nearest.clear();
    watched.library.features.search(
      features.descriptors,
      to,
      MAX_DESCRIPTOR_BITS,
      (owner, from, distance) => {
        if (watched.isWatched(owner >>> 1)) nearest.offer(owner, from, distance);
        return nearest.reach;
      },
    );
    for (const { owner, from, distance } of nearest.found()) {
      const list = matches.get(owner);
      if (list === undefined) matches.set(owner, [{ from, to, distance }]);
      else list.push({ from, to, distance });
    }
  }
  return [...matches]
    .filter(([, list]) => list.length >= MIN_MATCHES)
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, MAX_CANDIDATES);
}

interface Near {
  readonly owner: number;
  readonly from: number;
  readonly distance: number;
}

/** The few owners nearest to one feature, each with its nearest feature, in order of distance. */
class NearestOwners {
  #near: Near[] = [];

  clear(): void {
    if (this.#near.length > 0) this.#near = [];
  }

  /** Distance in bits from which a feature can't be kept any more. */
  get reach(): number {
    const [best] = this.#near;
    if (best === undefined) return MAX_DESCRIPTOR_BITS;
    const worst = this.#near[ASSETS_PER_FEATURE - 1];
    return Math.min(best.distance * WORSE_AT_MOST, worst === undefined ? Infinity : worst.distance - 1);
  }

  offer(owner: number, from: number, distance: number): void {
    const known = this.#near.findIndex((near) => near.owner === owner);
    if (known !== -1) {
      if (this.#near[known]!.distance <= distance) return;
      this.#near.splice(known, 1);
    }
    let at = this.#near.length;
    while (at > 0 && this.#near[at - 1]!.distance > distance) at--;
    this.#near.splice(at, 0, { owner, from, distance });
    if (this.#near.length > ASSETS_PER_FEATURE) this.#near.pop();
  }

  found(): readonly Near[] {
    const limit = (this.#near[0]?.distance ?? 0) * WORSE_AT_MOST;
    return this.#near.filter(({ distance }) => distance <= limit);
  }
}
