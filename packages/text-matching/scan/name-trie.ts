import { buildPrefixFilter, type PrefixFilter } from './prefix-sets.ts';

/**
 * All names in one trie, over their folded symbols with repeats collapsed. Because no key holds the same symbol twice in a row, a text's
 * repeats are a loop at a place, and stretched names cost nothing.
 *
 * A place is a node, or a symbol of a tail: where only one key goes on, the rest of it lies in one piece in `tails` and takes no nodes.
 * That keeps the nodes few and the walk's memory together. The nodes are numbered breadth first, so that a node's children are neighbours:
 * one array of bases and one of labels hold it all. Node 0 is the root.
 */
export interface NameTrie {
  /** First child of each node; the next node's base is one past its last child. */
  readonly childBase: Int32Array;
  /** The symbol that leads to each node; ascending among siblings. */
  readonly label: Int32Array;
  /** The first of the keys that end at each node, or -1. Equal keys follow each other. */
  readonly firstKey: Int32Array;
  /** Where in `tails` each node's rest begins, or -1 for a node that has children. */
  readonly tailStart: Int32Array;
  /** The rests of keys: their symbols, then {@link TAIL_END} minus the first of the keys that end there. */
  readonly tails: Int32Array;
  /** The keys' original indexes, in the trie's order. */
  readonly keyOrder: Int32Array;
  /** What tells of most starts that no key begins there. */
  readonly prefixes: PrefixFilter;
}

/** No symbol is negative. */
const TAIL_END = -1;

export function buildNameTrie(keys: readonly Int32Array[]): NameTrie {
  const order = keys.map((_, index) => index).sort((a, b) => compareKeys(keys[a]!, keys[b]!) || a - b);
  const sorted = order.map((index) => keys[index]!);
  return {
    ...layOut(sorted),
    keyOrder: Int32Array.from(order),
    prefixes: buildPrefixFilter(sorted),
  };
}

/** The place that a symbol leads to, or -1. */
export function childOf(trie: NameTrie, place: number, symbol: number): number {
  const { label, childBase } = trie;
  if (place >= label.length) return trie.tails[place - label.length] === symbol ? place + 1 : -1;
  let low = childBase[place]!;
  let high = childBase[place + 1]!;
  while (high - low > 8) {
    const middle = (low + high) >>> 1;
    if (label[middle]! <= symbol) low = middle;
    else high = middle;
  }
  for (; low < high; low++) if (label[low] === symbol) return placeOf(trie, low);
  return -1;
}

/** The first of the keys that end at a place, or -1. */
export function keyAt(trie: NameTrie, place: number): number {
  if (place < trie.label.length) return trie.firstKey[place]!;
  const symbol = trie.tails[place - trie.label.length]!;
  return symbol < 0 ? TAIL_END - symbol : -1;
}

/** How many symbols lead on from a place. */
export function childCount(trie: NameTrie, place: number): number {
  if (place >= trie.label.length) return trie.tails[place - trie.label.length]! < 0 ? 0 : 1;
  return trie.childBase[place + 1]! - trie.childBase[place]!;
}

/** The place that the so-many-th symbol leads to. */
export function childAt(trie: NameTrie, place: number, index: number): number {
  return place >= trie.label.length ? place + 1 : placeOf(trie, trie.childBase[place]! + index);
}

/** That symbol. */
export function labelAt(trie: NameTrie, place: number, index: number): number {
  return place >= trie.label.length
    ? trie.tails[place - trie.label.length]!
    : trie.label[trie.childBase[place]! + index]!;
}

function placeOf(trie: NameTrie, node: number): number {
  const tail = trie.tailStart[node]!;
  return tail < 0 ? node : trie.label.length + tail;
}

type Layout = Omit<NameTrie, 'keyOrder' | 'prefixes'>;

/** Breadth first: each node is the range of sorted keys that share its prefix. */
function layOut(sorted: readonly Int32Array[]): Layout {
  const { nodes, tailLength } = measure(sorted);
  const childBase = new Int32Array(nodes + 1);
  const label = new Int32Array(nodes);
  const firstKey = new Int32Array(nodes).fill(-1);
  const tailStart = new Int32Array(nodes).fill(-1);
  const tails = new Int32Array(tailLength);
  const low = new Int32Array(nodes);
  const high = new Int32Array(nodes);
  const depths = new Int32Array(nodes);
  high[0] = sorted.length;
  let next = 1;
  let tailEnd = 0;
  for (let node = 0; node < nodes; node++) {
    childBase[node] = next;
    const depth = depths[node]!;
    let at = low[node]!;
    const end = high[node]!;
    if (node > 0 && isOneKey(sorted, at, end)) {
      const key = sorted[at]!;
      tailStart[node] = tailEnd;
      tails.set(key.subarray(depth), tailEnd);
      tailEnd += key.length - depth + 1;
      tails[tailEnd - 1] = TAIL_END - at;
      continue;
    }
    if (at < end && sorted[at]!.length === depth) firstKey[node] = at;
    while (at < end && sorted[at]!.length === depth) at++;
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
  return { childBase, label, firstKey, tailStart, tails };
}

/** How many nodes the keys need beside the root, and how long their tails are. */
function measure(sorted: readonly Int32Array[]): { nodes: number; tailLength: number } {
  let nodes = 1;
  let tailLength = 0;
  for (let index = 0; index < sorted.length; index++) {
    const key = sorted[index]!;
    const before = sharedLength(key, sorted[index - 1]);
    if (index > 0 && before === key.length && sorted[index - 1]!.length === key.length) continue;
    let next = index + 1;
    while (next < sorted.length && compareKeys(key, sorted[next]!) === 0) next++;
    // The last node of a key is the one where it parts from both neighbours; the rest is its tail.
    const shared = Math.max(before, sharedLength(key, sorted[next]));
    const last = Math.min(key.length, shared + 1);
    nodes += last - before;
    if (shared < key.length || sharedLength(key, sorted[next]) < key.length)
      tailLength += key.length - last + 1;
  }
  return { nodes, tailLength };
}

function isOneKey(sorted: readonly Int32Array[], from: number, to: number): boolean {
  return compareKeys(sorted[from]!, sorted[to - 1]!) === 0;
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
