import { type QueryLeaf, type QueryNode } from './query.ts';

/** A stretch of words of one piece of a post: the first and the last. */
export interface WordSpan {
  readonly piece: number;
  readonly first: number;
  readonly last: number;
}

/** Where each leaf stands in a text; nothing for a leaf that doesn't. */
export type LeafSpans = ReadonlyMap<QueryLeaf, readonly WordSpan[]>;

/** Most spans of one side of a NEAR that are looked at; a text that repeats a word ten thousand times is no better match for it. */
const MOST_SPANS = 200;

/** Whether a text satisfies a query. */
export function satisfies(node: QueryNode, spans: LeafSpans): boolean {
  switch (node.type) {
    case 'leaf':
    case 'regex':
      return (spans.get(node)?.length ?? 0) > 0;
    case 'not':
      return !satisfies(node.part, spans);
    case 'and':
      return node.parts.every((part) => satisfies(part, spans));
    case 'or':
      return node.parts.some((part) => satisfies(part, spans));
    case 'near':
      return spansOf(node, spans).length > 0;
  }
}

/** The stretches in which a part of a query (without NOT) is satisfied. */
function spansOf(node: QueryNode, spans: LeafSpans): WordSpan[] {
  switch (node.type) {
    case 'leaf':
    case 'regex':
      return [...(spans.get(node) ?? [])].slice(0, MOST_SPANS);
    case 'not':
      return [];
    case 'or':
      return node.parts.flatMap((part) => spansOf(part, spans)).slice(0, MOST_SPANS);
    case 'and':
      return node.parts
        .map((part) => spansOf(part, spans))
        .reduce((joined, part) => joinWithin(joined, part, Number.POSITIVE_INFINITY));
    case 'near':
      return joinWithin(spansOf(node.left, spans), spansOf(node.right, spans), node.words);
  }
}

function joinWithin(left: readonly WordSpan[], right: readonly WordSpan[], words: number): WordSpan[] {
  const joined: WordSpan[] = [];
  for (const a of left) {
    for (const b of right) {
      if (joined.length === MOST_SPANS) return joined;
      if (a.piece !== b.piece) continue;
      const between = Math.max(a.first, b.first) - Math.min(a.last, b.last) - 1;
      if (between <= words && !(a.first === b.first && a.last === b.last)) {
        joined.push({ piece: a.piece, first: Math.min(a.first, b.first), last: Math.max(a.last, b.last) });
      }
    }
  }
  return joined;
}
