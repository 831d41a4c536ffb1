/** A boolean query, as it was written. */

export type LeafKind =
  /** A word, or in quotes a phrase. */
  | 'phrase'
  /** `launch*` */
  | 'prefix'
  /** `#launch` */
  | 'tag'
  /** `@brand` */
  | 'handle'
  /** `{Launch}`: in exactly this case. */
  | 'exact';

/** A leaf that is looked for as a name. */
export interface NameLeaf {
  readonly type: 'leaf';
  readonly kind: LeafKind;
  readonly text: string;
  readonly position: number;
}

/** `/…/`, and `/…/c` in exactly this case. */
export interface RegexLeaf {
  readonly type: 'regex';
  readonly pattern: string;
  readonly exactCase: boolean;
  readonly position: number;
}

export type QueryLeaf = NameLeaf | RegexLeaf;

export type QueryNode =
  | QueryLeaf
  | { readonly type: 'and' | 'or'; readonly parts: readonly QueryNode[] }
  | { readonly type: 'not'; readonly part: QueryNode }
  /** Some match of `left` and some of `right` with at most `words` words between them. */
  | { readonly type: 'near'; readonly words: number; readonly left: QueryNode; readonly right: QueryNode };

/** All leaves, from left to right. */
export function leavesOf(node: QueryNode): QueryLeaf[] {
  switch (node.type) {
    case 'leaf':
    case 'regex':
      return [node];
    case 'not':
      return leavesOf(node.part);
    case 'near':
      return [...leavesOf(node.left), ...leavesOf(node.right)];
    case 'and':
    case 'or':
      return node.parts.flatMap(leavesOf);
  }
}

/**
 * The fewest leaves of which one must stand in every text that the query takes: what it is indexed by. Undefined where a text can
 * satisfy it with none of its leaves (`NOT a`).
 *
 * @param cost of being reminded of the query whenever the leaf stands in a text
 */
export function requiredLeaves(node: QueryNode, cost: (leaf: QueryLeaf) => number): QueryLeaf[] | undefined {
  switch (node.type) {
    case 'leaf':
    case 'regex':
      return [node];
    case 'not':
      return undefined;
    case 'near':
      return cheapest([requiredLeaves(node.left, cost), requiredLeaves(node.right, cost)], cost);
    case 'and':
      return cheapest(
        node.parts.map((part) => requiredLeaves(part, cost)),
        cost,
      );
    case 'or': {
      const all = node.parts.map((part) => requiredLeaves(part, cost));
      return all.some((leaves) => leaves === undefined) ? undefined : all.flatMap((leaves) => leaves ?? []);
    }
  }
}

function cheapest(
  choices: readonly (QueryLeaf[] | undefined)[],
  cost: (leaf: QueryLeaf) => number,
): QueryLeaf[] | undefined {
  const total = (leaves: readonly QueryLeaf[]) => leaves.reduce((sum, leaf) => sum + cost(leaf), 0);
  return choices
    .filter((leaves) => leaves !== undefined)
    .reduce<QueryLeaf[] | undefined>(
      (best, leaves) => (best === undefined || total(leaves) < total(best) ? leaves : best),
      undefined,
    );
}
