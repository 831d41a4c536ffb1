import { type LabelledPost } from './labelled-set.ts';

/** A watch-list item in a post. */
export interface Pair {
  readonly postId: string;
  readonly itemId: string;
}

interface Counts {
  posts: number;
  /** Labelled pairs, and how many of them were reported. */
  labelled: number;
  found: number;
  /** Pairs that were reported and are not labelled. */
  wrong: number;
}

export interface Score {
  readonly families: ReadonlyMap<string, Readonly<Counts>>;
  readonly all: Readonly<Counts>;
  readonly missed: readonly (Pair & { readonly family: string })[];
  readonly wrong: readonly (Pair & { readonly family: string })[];
}

/** Counts (post, item) pairs, all together and by family; a pair that is reported twice counts once. */
export function scorePairs(posts: readonly LabelledPost[], reported: readonly Pair[]): Score {
  const itemsOf = new Map<string, Set<string>>();
  for (const { postId, itemId } of reported) {
    itemsOf.set(postId, (itemsOf.get(postId) ?? new Set()).add(itemId));
  }
  const families = new Map<string, Counts>();
  const all = noCounts();
  const missed: (Pair & { family: string })[] = [];
  const wrong: (Pair & { family: string })[] = [];
  for (const { id: postId, leaks, family } of posts) {
    const items = itemsOf.get(postId) ?? new Set<string>();
    const lost = leaks.filter((itemId) => !items.has(itemId));
    const extra = [...items].filter((itemId) => !leaks.includes(itemId));
    const counts = families.get(family) ?? noCounts();
    families.set(family, counts);
    for (const sum of [counts, all]) {
      sum.posts += 1;
      sum.labelled += leaks.length;
      sum.found += leaks.length - lost.length;
      sum.wrong += extra.length;
    }
    missed.push(...lost.map((itemId) => ({ postId, itemId, family })));
    wrong.push(...extra.map((itemId) => ({ postId, itemId, family })));
  }
  return { families, all, missed, wrong };
}

function noCounts(): Counts {
  return { posts: 0, labelled: 0, found: 0, wrong: 0 };
}

/** A table of families, the worst first, and the totals. */
export function formatScore({ families, all }: Score): string {
  const row = (...cells: readonly string[]) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(24) : cell.padStart(9))).join('');
  const recallOf = ({ labelled, found }: Counts) => (labelled === 0 ? 2 : found / labelled);
  const percent = (share: number) => (share === 2 ? '–' : `${(share * 100).toFixed(1)} %`);
  const innocent = families.get('real') ?? families.get('innocent');
  const lines = [...families]
    .toSorted(([a, one], [b, other]) => recallOf(one) - recallOf(other) || a.localeCompare(b))
    .map(([family, counts]) =>
      row(
        family,
        String(counts.posts),
        String(counts.labelled),
        percent(recallOf(counts)),
        String(counts.wrong),
      ),
    );
  return [
    row('family', 'posts', 'pairs', 'recall', 'false'),
    ...lines,
    '',
    `precision ${(all.found / Math.max(1, all.found + all.wrong)).toFixed(4)}, recall ${(all.found / Math.max(1, all.labelled)).toFixed(4)} over ${all.labelled} labelled pairs, ${all.wrong} false pairs`,
    ...(innocent === undefined
      ? []
      : [
          `${((innocent.wrong * 10_000) / innocent.posts).toFixed(2)} false pairs in 10,000 innocent posts (n = ${innocent.posts})`,
        ]),
  ].join('\n');
}
