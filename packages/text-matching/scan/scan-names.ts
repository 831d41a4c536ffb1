import { alternativesOf } from '../fold/fold-table.ts';
import { folded } from '../fold/fold-text.ts';
import { type FoldedText } from '../fold/folded-text.ts';
import * as s from '../fold/symbol-flags.ts';
import { maskLength } from './mask-length.ts';
import { childAt, childCount, childOf, keyAt, labelAt, type NameTrie } from './name-trie.ts';
import { filterStarts } from './prefix-filter.ts';

/** Receives every key that the text may spell. */
export interface NameSink {
  /**
   * @param keyAt - the index into the trie's `keyOrder`; equal keys follow
   * @param path - for each symbol of the key, the text symbol that stands for it; -1 - i for a letter masked before symbol i
   * @param end - one past the last symbol consumed
   */
  spelled(keyAt: number, path: Int32Array, depth: number, end: number): void;
}

/**
 * A budget of branching steps keeps hostile text linear. Each start adds a little to the bucket, and no start may drain it. So a leak
 * behind a thousand ambiguous signs still finds some steps left, and plain text refills the bucket.
 */
const STEPS_OF_A_START = 600;
const STEPS_GAINED = 48;
const FULL_BUCKET = 6000;
/** The cost of judging a spelling, in steps. */
const STEPS_OF_A_SPELLING = 12;
/** A longer run of one letter is not part of a name. */
const LONGEST_RUN = 100;
const LONGEST_KEY = 2000;
// The compiler inlines a constant of this file, but reads an imported one at each use.
const { BRANCHES, MAY_HIDE } = s;
const MOST_MASKED = 8;

let passed = new Int32Array(1024);
const path = new Int32Array(LONGEST_KEY);
// The stack of the branching walk, one array for each field.
const STACK = 4096;
const stackNode = new Int32Array(STACK);
const stackAt = new Int32Array(STACK);
const stackLast = new Int32Array(STACK);
const stackDepth = new Int32Array(STACK);
const stackPath = new Int32Array(STACK);
const stackMask = new Int32Array(STACK);
const stackMasked = new Int32Array(STACK);
let stackSize = 0;
let bucket = 0;
let stepsLeft = 0;

/** Scans the text once for all names, with a walk through the trie from every start. */
export function scanNames(text: FoldedText, trie: NameTrie, sink: NameSink): void {
  if (passed.length < text.startCount) passed = new Int32Array(2 * text.startCount);
  const count = text === folded ? filterStarts(trie.prefixes, passed) : takeStarts(text);
  bucket = FULL_BUCKET;
  for (let index = 0; index < count; index++) {
    bucket = Math.min(FULL_BUCKET, bucket + STEPS_GAINED);
    walk(text, trie, passed[index]!, sink);
  }
}

/** Takes all starts of a text read backwards. The filter works only on the last folded text, and few are read backwards. */
function takeStarts({ starts, startCount }: FoldedText): number {
  passed.set(starts.subarray(0, startCount));
  return startCount;
}

/** Follows the text while it is plain; the first ambiguous symbol hands over to the branching walk. */
function walk(text: FoldedText, trie: NameTrie, start: number, sink: NameSink): void {
  const { symbols, flags, length } = text;
  let node = 0;
  let last = 0;
  let depth = 0;
  for (let at = start; at < length; at++) {
    const own = flags[at]!;
    if ((own & BRANCHES) !== 0 || (depth > 0 && (own & MAY_HIDE) !== 0)) {
      walkBranches(text, trie, node, at, last, depth, sink);
      return;
    }
    const symbol = symbols[at]!;
    if (symbol === last) {
      if (at - path[depth - 1]! > LONGEST_RUN) return;
      continue;
    }
    node = childOf(trie, node, symbol);
    if (node < 0) return;
    path[depth++] = at;
    last = symbol;
    const key = keyAt(trie, node);
    if (key >= 0) sink.spelled(key, path, depth, at + 1);
  }
  // A mask may hide the text's last letters.
  if ((flags[length]! & MAY_HIDE) !== 0) walkBranches(text, trie, node, length, last, depth, sink);
}

function walkBranches(
  text: FoldedText,
  trie: NameTrie,
  node: number,
  at: number,
  last: number,
  depth: number,
  sink: NameSink,
): void {
  stackSize = 0;
  push(node, at, last, depth, depth > 0 ? path[depth - 1]! : 0, -1, 0);
  stepsLeft = Math.min(STEPS_OF_A_START, bucket);
  const before = stepsLeft;
  for (; stackSize > 0 && stepsLeft > 0; stepsLeft--) {
    stackSize--;
    const stepDepth = stackDepth[stackSize]!;
    if (stepDepth > 0) path[stepDepth - 1] = stackPath[stackSize]!;
    step(
      text,
      trie,
      stackNode[stackSize]!,
      stackAt[stackSize]!,
      stackLast[stackSize]!,
      stepDepth,
      stackMask[stackSize]!,
      stackMasked[stackSize]!,
      sink,
    );
  }
  bucket -= before - stepsLeft;
}

/**
 * Pushes every continuation of one state, the plainest last, so that it is followed first. `maskLeft` counts the masked letters still
 * to come before `at`; it is -1 until the mask is read. `masked` counts the letters masked so far.
 */
function step(
  text: FoldedText,
  trie: NameTrie,
  node: number,
  at: number,
  last: number,
  depth: number,
  maskLeft: number,
  masked: number,
  sink: NameSink,
): void {
  const own = text.flags[at]!;
  if (maskLeft > 0) {
    pushAny(trie, node, at, depth, maskLeft - 1, masked, sink);
    return;
  }
  if (maskLeft < 0 && depth > 0 && (own & MAY_HIDE) !== 0) {
    const hidden = maskLength(text, at);
    if (hidden > 0) pushAny(trie, node, at, depth, hidden - 1, masked, sink);
    // A Han character is as wide as two stars.
    if (hidden > 1 && hidden % 2 === 0 && (own & s.UNSPACED) !== 0) {
      pushAny(trie, node, at, depth, hidden / 2 - 1, masked, sink);
    }
  }
  if (at >= text.length) return;
  const before = depth > 0 ? path[depth - 1]! : 0;
  if ((own & BRANCHES) !== 0) {
    // A sign hides a letter only within a word: `month (as` does not hold `Monthra`.
    const isWithin = (own & s.NO_MASK) === 0 && depth > 0;
    if ((own & s.SOFT) !== 0 && isWithin) pushAny(trie, node, at + 1, depth, 0, masked, sink);
    const alternatives = alternativesOf(text.pointAt(at));
    for (let index = 0; index < alternatives.length; index++) {
      const other = alternatives[index]!;
      if (other === last) repeat(trie, node, at, last, depth, masked, sink);
      else follow(trie, node, other, at, depth, masked, sink);
    }
  }
  const symbol = text.symbols[at]!;
  if ((own & s.SOFT) !== 0) {
    // The letter after a sign is a start of its own.
    if (depth === 0 && (text.flags[at + 1]! & s.SOFT) === 0) return;
    // The sign may only separate. Then no mask follows it.
    push(node, at + 1, last, depth, before, 0, masked);
  } else if (symbol === last) repeat(trie, node, at, last, depth, masked, sink);
  else follow(trie, node, symbol, at, depth, masked, sink);
}

/** Repeats the last letter: the node stays, and the same names end one symbol later. */
function repeat(
  trie: NameTrie,
  node: number,
  at: number,
  last: number,
  depth: number,
  masked: number,
  sink: NameSink,
): void {
  tell(trie, node, depth, at + 1, sink);
  push(node, at + 1, last, depth, path[depth - 1]!, -1, masked);
}

/** Reports the keys that end at a node. */
function tell(trie: NameTrie, node: number, depth: number, end: number, sink: NameSink): void {
  const key = keyAt(trie, node);
  if (key < 0) return;
  stepsLeft -= STEPS_OF_A_SPELLING;
  sink.spelled(key, path, depth, end);
}

function follow(
  trie: NameTrie,
  node: number,
  symbol: number,
  at: number,
  depth: number,
  masked: number,
  sink: NameSink,
): void {
  const child = childOf(trie, node, symbol);
  if (child >= 0) arrive(trie, child, at, at + 1, symbol, depth, -1, masked, sink);
}

/** Takes a masked letter before `at`: every child is possible. */
function pushAny(
  trie: NameTrie,
  node: number,
  at: number,
  depth: number,
  maskLeft: number,
  masked: number,
  sink: NameSink,
): void {
  if (masked === MOST_MASKED) return;
  const count = childCount(trie, node);
  for (let index = 0; index < count; index++) {
    const symbol = labelAt(trie, node, index);
    arrive(trie, childAt(trie, node, index), -1 - at, at, symbol, depth, maskLeft, masked + 1, sink);
  }
}

function arrive(
  trie: NameTrie,
  node: number,
  by: number,
  next: number,
  symbol: number,
  depth: number,
  maskLeft: number,
  masked: number,
  sink: NameSink,
): void {
  if (maskLeft <= 0) {
    path[depth] = by;
    tell(trie, node, depth + 1, next, sink);
  }
  push(node, next, symbol, depth + 1, by, maskLeft, masked);
}

function push(
  node: number,
  at: number,
  last: number,
  depth: number,
  by: number,
  maskLeft: number,
  masked: number,
): void {
  if (stackSize === STACK) return;
  stackNode[stackSize] = node;
  stackAt[stackSize] = at;
  stackLast[stackSize] = last;
  stackDepth[stackSize] = depth;
  stackPath[stackSize] = by;
  stackMask[stackSize] = maskLeft;
  stackMasked[stackSize] = masked;
  stackSize++;
}
