/** Refuses what can't be met in a query: a whole query that accepts no post, or a part of an OR that never makes a difference. */
import { type PostText } from '../fields/post-text.ts';
import { printLeaf, printQuery } from './print-query.ts';
import { QueryError } from './query-error.ts';
import { exampleOf, LAYOUTS, type Choice } from './query-example.ts';
import { partsOf, positionOf, type QueryNode } from './query.ts';

/** Parts that are tried; of a query with more, the first. */
const MOST_TRIED = 1_000;
/** An alternative is tried together with the first, the second and the third part of every other OR. */
const DEFAULTS = [0, 1, 2];

interface Alternative {
  readonly part: QueryNode;
  /** For each OR around it, the index of the part that holds it. */
  readonly path: ReadonlyMap<QueryNode, number>;
}

/**
 * @param accepts - whether the query accepts a post
 * @throws QueryError naming the part that no post can meet
 */
export function refuseDeadParts(query: QueryNode, accepts: (post: PostText) => boolean): void {
  const alternatives = alternativesOf(query, new Map()).slice(0, MOST_TRIED);
  if (alternatives.length === 0) alternatives.push({ part: query, path: new Map() });
  for (const { part, path } of alternatives) {
    const fault = faultOf(query, path, accepts);
    if (fault !== undefined) {
      throw new QueryError(positionOf(part), `no post can meet \`${printQuery(part)}\`: ${fault}`);
    }
  }
}

/** Every part of every OR that isn't excluded, the innermost only. */
function alternativesOf(node: QueryNode, path: ReadonlyMap<QueryNode, number>): Alternative[] {
  if (node.type === 'not') return [];
  if (node.type !== 'or') return partsOf(node).flatMap((part) => alternativesOf(part, path));
  return node.parts.flatMap((part, index) => {
    const own = new Map([...path, [node, index] as const]);
    const inner = alternativesOf(part, own);
    return inner.length === 0 ? [{ part, path: own }] : inner;
  });
}

/** Why a part is never met; undefined where an example of it is accepted, or none can be made. */
function faultOf(
  query: QueryNode,
  path: ReadonlyMap<QueryNode, number>,
  accepts: (post: PostText) => boolean,
): string | undefined {
  let fault: string | undefined;
  for (const other of DEFAULTS) {
    const choice: Choice = (or) => path.get(or) ?? Math.min(other, partsOf(or).length - 1);
    for (const layout of LAYOUTS) {
      const example = exampleOf(query, choice, layout);
      if (!('type' in example)) {
        if (accepts(example)) return undefined;
        fault ??= `even a post of just its words, \`${shown(example)}\`, is not accepted; ${wayOut(query)}`;
      } else if (example.type === 'untried') {
        return undefined;
      } else {
        fault ??= `a post can't be both \`${printLeaf(example.first)}\` and \`${printLeaf(example.second)}\`; write OR`;
      }
    }
  }
  return fault;
}

function shown(post: PostText): string {
  const words = post.fields.map(({ text }) => text).filter((text) => text !== '');
  return words.join(' | ').slice(0, 120);
}

function wayOut(query: QueryNode): string {
  const excluded = exclusionsOf(query).map((part) => `\`${printQuery(part)}\``);
  return excluded.length === 0
    ? 'write it another way, or as terms of their own'
    : `see what it excludes: ${excluded.slice(0, 5).join(', ')}`;
}

function exclusionsOf(node: QueryNode): QueryNode[] {
  return node.type === 'not' ? [node] : partsOf(node).flatMap(exclusionsOf);
}
