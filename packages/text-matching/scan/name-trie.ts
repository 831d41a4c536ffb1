import { atOnce, endsStep, type Steps } from '../steps.ts';
import { KeyList } from '../names/key-list.ts';
import { prefixFilterSteps, type PrefixFilter } from './prefix-sets.ts';

/**
 * All names in one trie, over their folded symbols with repeats collapsed. No key holds the same symbol twice in a row, so a repeat in
 * the text is a loop at a place, and stretched names cost nothing.
 *
 * A place is a node or a symbol of a tail. Where only one key continues, its rest is stored in `tails` without nodes, which keeps nodes
 * few and memory compact. Nodes are numbered breadth first, so that siblings are neighbours: an array of bases and one of labels are
 * enough. Node 0 is the root.
 */
export interface NameTrie {
  /** The first child of each node. The next node's base is one past its last child. */
  readonly childBase: Int32Array;
  /** The symbol that leads to each node, ascending among siblings. */
  readonly label: Int32Array;
  /** The first key that ends at each node, or -1. Equal keys are neighbours. */
  readonly firstKey: Int32Array;
  /** The start of each node's tail in `tails`, or -1 for a node with children. */
  readonly tailStart: Int32Array;
  /** The tails: their symbols, then {@link TAIL_END} minus the first key that ends there. */
  readonly tails: Int32Array;
  /** The original indexes of the keys, in the trie's order. */
  readonly keyOrder: Int32Array;
  /** Rejects most starts without a walk. */
  readonly prefixes: PrefixFilter;
}

/** Marks the end of a tail, as no symbol is negative. */
const TAIL_END = -1;

/** Builds the trie at once. */
export function buildNameTrie(keys: readonly Int32Array[]): NameTrie {
  return atOnce(nameTrieSteps(KeyList.of(keys)));
}

/** Builds the trie in steps. */
export function* nameTrieSteps(keys: KeyList): Steps<NameTrie> {
  const keyOrder = yield* sortKeys(keys);
  const sorted = keys.inOrder(keyOrder);
  yield;
  const layout = yield* layOut(sorted);
  return {
    ...layout,
    keyOrder,
    prefixes: yield* prefixFilterSteps(sorted),
  };
}

/** Gives the indexes of the keys in their order, equal keys as they came. Sorts by the first symbols, then group by group. */
function* sortKeys(keys: KeyList): Steps<Int32Array> {
  const groups = new Map<number, number[]>();
  for (let index = 0; index < keys.count; index++) {
    const length = keys.lengthOf(index);
    const first = length > 0 ? keys.symbolAt(index, 0) : NOTHING;
    const second = length > 1 ? keys.symbolAt(index, 1) : NOTHING;
    // No symbol is negative or above 21 bits, so that both fit into one number. A shorter key comes first.
    const group = (first + 1) * GROUP_STRIDE + second + 1;
    const known = groups.get(group);
    if (known === undefined) groups.set(group, [index]);
    else known.push(index);
    if (endsStep(index, KEYS_PER_STEP)) yield;
  }
  const order = new Int32Array(keys.count);
  let length = 0;
  for (const [, group] of [...groups].sort(([a], [b]) => a - b)) {
    group.sort((a, b) => keys.compare(a, b) || a - b);
    for (const index of group) order[length++] = index;
    yield;
  }
  return order;
}

/** Stands for a symbol that a key does not have. */
const NOTHING = -1;
const GROUP_STRIDE = 2 ** 32;
/** Keys or nodes per step where each takes a microsecond. */
const KEYS_PER_STEP = 5000;

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

/** The first key that ends at a place, or -1. */
export function keyAt(trie: NameTrie, place: number): number {
  if (place < trie.label.length) return trie.firstKey[place]!;
  const symbol = trie.tails[place - trie.label.length]!;
  return symbol < 0 ? TAIL_END - symbol : -1;
}

/** The number of symbols that continue from a place. */
export function childCount(trie: NameTrie, place: number): number {
  if (place >= trie.label.length) return trie.tails[place - trie.label.length]! < 0 ? 0 : 1;
  return trie.childBase[place + 1]! - trie.childBase[place]!;
}

/** The place that the symbol with this index leads to. */
export function childAt(trie: NameTrie, place: number, index: number): number {
  return place >= trie.label.length ? place + 1 : placeOf(trie, trie.childBase[place]! + index);
}

/** The symbol with this index. */
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

/** Numbers the nodes breadth first. Each node is the range of sorted keys that share its prefix. */
function* layOut(sorted: KeyList): Steps<Layout> {
  const { nodes, tailLength } = yield* measure(sorted);
  const childBase = new Int32Array(nodes + 1);
  const label = new Int32Array(nodes);
  const firstKey = new Int32Array(nodes).fill(-1);
  const tailStart = new Int32Array(nodes).fill(-1);
  const tails = new Int32Array(tailLength);
  const low = new Int32Array(nodes);
  const high = new Int32Array(nodes);
  const depths = new Int32Array(nodes);
  high[0] = sorted.count;
  let next = 1;
  let tailEnd = 0;
  for (let node = 0; node < nodes; node++) {
    if (endsStep(node, KEYS_PER_STEP)) yield;
    childBase[node] = next;
    const depth = depths[node]!;
    let at = low[node]!;
    const end = high[node]!;
    if (node > 0 && sorted.compare(at, end - 1) === 0) {
      tailStart[node] = tailEnd;
      const length = sorted.lengthOf(at);
      for (let place = depth; place < length; place++) tails[tailEnd++] = sorted.symbolAt(at, place);
      tails[tailEnd++] = TAIL_END - at;
      continue;
    }
    if (at < end && sorted.lengthOf(at) === depth) firstKey[node] = at;
    while (at < end && sorted.lengthOf(at) === depth) at++;
    while (at < end) {
      const symbol = sorted.symbolAt(at, depth);
      const first = at;
      while (at < end && sorted.symbolAt(at, depth) === symbol) at++;
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

/** Counts the nodes that the keys need beside the root, and the length of their tails. */
function* measure(sorted: KeyList): Steps<{ nodes: number; tailLength: number }> {
  const { count } = sorted;
  let nodes = 1;
  let tailLength = 0;
  for (let key = 0; key < count; key++) {
    if (endsStep(key, KEYS_PER_STEP)) yield;
    const length = sorted.lengthOf(key);
    const before = key === 0 ? 0 : sorted.sharedLength(key, key - 1);
    if (key > 0 && before === length && sorted.lengthOf(key - 1) === length) continue;
    let next = key + 1;
    while (next < count && sorted.compare(key, next) === 0) next++;
    // A key's last node is where it differs from both neighbours. The rest is its tail.
    const ahead = next === count ? 0 : sorted.sharedLength(key, next);
    const shared = Math.max(before, ahead);
    const last = Math.min(length, shared + 1);
    nodes += last - before;
    if (shared < length || ahead < length) tailLength += length - last + 1;
  }
  return { nodes, tailLength };
}
