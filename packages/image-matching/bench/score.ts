/** Scores matches against what a labelled set says is in each post; shared by every runner of the image evaluation. */

/** A post of the set (`posts.jsonl`). */
export interface LabelledPost {
  readonly id: string;
  readonly family: string;
  /** Ids of the assets that it shows; empty for an innocent one. */
  readonly leaks: readonly string[];
}

/** An asset that was found in a post. */
export interface FoundPair {
  readonly postId: string;
  readonly assetId: string;
}

export interface FamilyScore {
  readonly family: string;
  readonly posts: number;
  /** (post, asset) pairs that should have been found, and how many were. */
  readonly pairs: number;
  readonly found: number;
  /** Pairs that were found and should not have been. */
  readonly falsePairs: number;
}

export interface Score {
  readonly families: readonly FamilyScore[];
  readonly recall: number;
  readonly falsePairs: number;
  readonly innocentPosts: number;
  /** False pairs among innocent posts only. */
  readonly innocentFalsePairs: number;
  readonly missed: readonly FoundPair[];
  readonly wrong: readonly FoundPair[];
}

export function score(posts: readonly LabelledPost[], found: readonly FoundPair[]): Score {
  const foundIn = new Map<string, Set<string>>();
  for (const { postId, assetId } of found) {
    foundIn.set(postId, (foundIn.get(postId) ?? new Set()).add(assetId));
  }
  const families = new Map<string, { posts: number; pairs: number; found: number; falsePairs: number }>();
  const missed: FoundPair[] = [];
  const wrong: FoundPair[] = [];
  let innocentFalsePairs = 0;
  for (const post of posts) {
    const family = families.get(post.family) ?? { posts: 0, pairs: 0, found: 0, falsePairs: 0 };
    families.set(post.family, family);
    family.posts++;
    const assets = foundIn.get(post.id) ?? new Set<string>();
    for (const assetId of post.leaks) {
      family.pairs++;
      if (assets.has(assetId)) family.found++;
      else missed.push({ postId: post.id, assetId });
    }
    for (const assetId of assets) {
      if (post.leaks.includes(assetId)) continue;
      family.falsePairs++;
      wrong.push({ postId: post.id, assetId });
      if (post.leaks.length === 0) innocentFalsePairs++;
    }
  }
  const all = [...families].map(([family, counts]) => ({ family, ...counts }));
  const pairs = all.reduce((sum, { pairs: n }) => sum + n, 0);
  return {
    families: all,
    recall: pairs === 0 ? 1 : all.reduce((sum, { found: n }) => sum + n, 0) / pairs,
    falsePairs: wrong.length,
    innocentPosts: posts.filter((post) => post.leaks.length === 0).length,
    innocentFalsePairs,
    missed,
    wrong,
  };
}

/** A table of families, worst first, then the totals. */
export function formatScore(result: Score): string {
  const lines = result.families
    .toSorted((a, b) => recallOf(a) - recallOf(b) || a.family.localeCompare(b.family))
    .map((family) => {
      const recall = family.pairs === 0 ? '      –' : `${(recallOf(family) * 100).toFixed(1).padStart(6)}%`;
      return `${family.family.padEnd(24)} ${String(family.posts).padStart(5)} ${recall} ${String(family.falsePairs).padStart(6)}`;
    });
  return [
    `${'family'.padEnd(24)} posts  recall  false`,
    ...lines,
    `recall over all leaks ${(result.recall * 100).toFixed(2)}%; false pairs ${result.falsePairs}, ` +
      `of them ${result.innocentFalsePairs} among ${result.innocentPosts} innocent posts`,
  ].join('\n');
}

function recallOf({ pairs, found }: FamilyScore): number {
  return pairs === 0 ? 2 : found / pairs;
}
