import { buildPrefixFilter, type PrefixFilter } from './prefix-filter.ts';

/**
 * All names in one trie, over their folded symbols with repeats collapsed. Because no key holds the same symbol twice in a row, a text's
 * repeats are a loop at a node, and stretched names cost nothing.
 *
 * The nodes are numbered breadth first, so that a node's children are neighbours: one array of bases and one of labels hold it all.
 */
export interface NameTrie {
  /** First child of each node; one past the last child is the next node's base. Node 0 is the root. */
  readonly childBase: Int32Array;
  /** The symbol that leads to each node; ascending among siblings. */
  readonly label: Int32Array;
  /** The first of the keys that end at each node, or -1. Equal keys follow each other. */
  readonly firstKey: Int32Array;
  /** The keys' original indexes, in the trie's order. */
  readonly keyOrder: Int32Array;
  /** What tells of most starts that no key begins there. */
  readonly prefixes: PrefixFilter;
}

export function buildNameTrie(keys: readonly Int32Array[]): NameTrie {
  const order = keys.map((_, index) => index).sort((a, b) => compareKeys(keys[a]!, keys[b]!) || a - b);
  const sorted = order.map((index) => keys[index]!);
  const nodes = countNodes(sorted);
  const childBase = new Int32Array(nodes + 1);
  const label = new Int32Array(nodes);
  const firstKey = new Int32Array(nodes).fill(-1);
  // Breadth first: each node is the range of sorted keys that share its prefix.
  const low = new Int32Array(nodes);
  const high = new Int32Array(nodes);
  const depths = new Int32Array(nodes);
  high[0] = sorted.length;
  let next = 1;
  for (let node = 0; node < nodes; node++) {
    const depth = depths[node]!;
    let at = low[node]!;
    const end = high[node]!;
    if (at < end && sorted[at]!.length === depth) firstKey[node] = at;
    while (at < end && sorted[at]!.length === depth) at++;
    childBase[node] = next;
    while (at < end) {
      const symbol = sorted[at]![depth]!;
      const first = at;
      while (at < end && sorted[at]![depth] === symbol) at++;
      label[next] = symbol;
      low[next] = first;
      high[next] = at;
      depths[next] = depth + 1;
      next++;
    }
  }
  childBase[nodes] = next;
  return {
    childBase,
    label,
    firstKey,
    keyOrder: Int32Array.from(order),
    prefixes: buildPrefixFilter(sorted),
  };
}

/** The child of a node by its symbol, or -1. */
export function childOf(trie: NameTrie, node: number, symbol: number): number {
  const { label } = trie;
  let low = trie.childBase[node]!;
  let high = trie.childBase[node + 1]!;
  while (high - low > 8) {
    const middle = (low + high) >>> 1;
    if (label[middle]! <= symbol) low = middle;
    else high = middle;
  }
  for (; low < high; low++) if (label[low] === symbol) return low;
  return -1;
}

function countNodes(sorted: readonly Int32Array[]): number {
  let nodes = 1;
  sorted.forEach((key, index) => {
    nodes += key.length - sharedLength(key, sorted[index - 1]);
  });
  return nodes;
}

function sharedLength(a: Int32Array, b: Int32Array | undefined): number {
  let shared = 0;
  while (b !== undefined && shared < a.length && shared < b.length && a[shared] === b[shared]) shared++;
  return shared;
}

function compareKeys(a: Int32Array, b: Int32Array): number {
  const shared = sharedLength(a, b);
  return shared < a.length && shared < b.length ? a[shared]! - b[shared]! : a.length - b.length;
}
