/** Scores detections against labelled posts, per (post, term) pair. Knows nothing of who made the detections. */

export interface LabelledPost {
  readonly id: string;
  /** Ids of the terms that it leaks. */
  readonly leaks: readonly string[];
  readonly family: string;
  /** Posts made to mislead. */
  readonly hard: boolean;
}

export interface FamilyScore {
  readonly family: string;
  readonly posts: number;
  readonly labelled: number;
  readonly found: number;
  readonly false: number;
}

export interface Score {
  readonly labelled: number;
  readonly reported: number;
  readonly found: number;
  readonly precision: number;
  readonly recall: number;
  /** Real posts: those of the family `real`. */
  readonly realPosts: number;
  readonly falsePer10kReal: number;
  readonly families: readonly FamilyScore[];
  /** `postId`, `itemId` of what was missed and what was reported wrongly. */
  readonly missed: readonly (readonly [string, string])[];
  readonly wrong: readonly (readonly [string, string])[];
}

/** @param reported term ids by post id; repeats of a pair count once */
export function scoreDetections(
  posts: readonly LabelledPost[],
  reported: ReadonlyMap<string, ReadonlySet<string>>,
): Score {
  const families = new Map<string, { posts: number; labelled: number; found: number; false: number }>();
  const missed: [string, string][] = [];
  const wrong: [string, string][] = [];
  for (const post of posts) {
    const family = families.get(post.family) ?? { posts: 0, labelled: 0, found: 0, false: 0 };
    families.set(post.family, family);
    const found = reported.get(post.id) ?? new Set<string>();
    family.posts++;
    for (const leak of post.leaks) {
      family.labelled++;
      if (found.has(leak)) family.found++;
      else missed.push([post.id, leak]);
    }
    for (const item of found) {
      if (post.leaks.includes(item)) continue;
      family.false++;
      wrong.push([post.id, item]);
    }
  }
  const rows = [...families].map(([family, counts]) => ({ family, ...counts }));
  const labelled = sum(rows.map((row) => row.labelled));
  const found = sum(rows.map((row) => row.found));
  const reportedPairs = found + wrong.length;
  const real = families.get('real');
  return {
    labelled,
    reported: reportedPairs,
    found,
    precision: reportedPairs === 0 ? 1 : found / reportedPairs,
    recall: labelled === 0 ? 1 : found / labelled,
    realPosts: real?.posts ?? 0,
    falsePer10kReal: real === undefined ? 0 : (real.false * 10_000) / real.posts,
    families: rows.sort((a, b) => (a.family < b.family ? -1 : 1)),
    missed,
    wrong,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
