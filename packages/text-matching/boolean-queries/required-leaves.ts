/** The leaves by which a query is found. */
import { type QueryLeaf, type QueryNode } from './query.ts';

/**
 * The fewest leaves of which one must stand in every post that the query takes: what it is indexed by. Undefined where a post can
 * satisfy it with none of its leaves (`NOT a`), or with no more than where it was posted (`platform:x`).
 *
 * @param cost of being reminded of the query whenever the leaf stands in a post
 */
export function requiredLeaves(node: QueryNode, cost: (leaf: QueryLeaf) => number): QueryLeaf[] | undefined {
  switch (node.type) {
    case 'words':
    case 'pattern':
    case 'regex':
      return [node];
    case 'fact':
      return node.name === 'language' || node.name === 'platform' ? undefined : [node];
    case 'not':
      return undefined;
    case 'title':
      return requiredLeaves(node.part, cost);
    case 'near':
      return cheapest([requiredLeaves(node.left, cost), requiredLeaves(node.right, cost)], cost);
    case 'within':
      return [node.phrase, ...(cheapest([...node.parts.map((part) => [part])], cost) ?? [])];
    case 'and':
    case 'sequence':
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
