/**
 * Finds words within one or two edits without comparing with each: two words are that near only if deleting as many symbols from both can
 * make them equal (W. Garbe's symmetric deletes). Only a word's first symbols are deleted from, which bounds the entries a word makes.
 */
import {
  bucketBegin,
  bucketEnd,
  mayHold,
  type HashMultimap,
  type HashMultimapBuilder,
} from '../words/hash-multimap.ts';
import { HASH_START, finishHash, hashSymbol } from '../words/word-hash.ts';

/** Deletes are made from so many first symbols. */
const PREFIX = 7;

const deletes = new Int32Array(1 + PREFIX + (PREFIX * (PREFIX - 1)) / 2);

/** Enters a word (folded, repeats collapsed) that allows `edits` (1 or 2). */
export function addDeletes(
  index: HashMultimapBuilder,
  symbols: Int32Array,
  edits: number,
  word: number,
): void {
  const count = deletesOf(symbols, symbols.length, edits);
  for (let at = 0; at < count; at++) index.add(deletes[at]!, word);
}

/** Words that may be within `edits` of the given one, each once, in `into`; returns how many. They are still to be measured. */
export function nearWords(
  index: HashMultimap,
  symbols: Int32Array,
  length: number,
  edits: number,
  into: Int32Array,
): number {
  let found = 0;
  const count = deletesOf(symbols, length, edits);
  for (let at = 0; at < count; at++) {
    const hash = deletes[at]!;
    if (!mayHold(index, hash)) continue;
    const end = bucketEnd(index, hash);
    for (let slot = bucketBegin(index, hash); slot < end; slot++) {
      if (index.hashes[slot] !== hash || contains(into, found, index.values[slot]!)) continue;
      if (found === into.length) return found;
      into[found++] = index.values[slot]!;
    }
  }
  return found;
}

function contains(list: Int32Array, count: number, value: number): boolean {
  for (let at = 0; at < count; at++) if (list[at] === value) return true;
  return false;
}

/** Distinct hashes of a word's prefix with up to `edits` symbols deleted, in {@link deletes}; returns how many. */
function deletesOf(symbols: Int32Array, length: number, edits: number): number {
  const end = Math.min(length, PREFIX);
  let count = addDelete(symbols, end, -1, -1, 0);
  for (let first = 0; first < end; first++) {
    count = addDelete(symbols, end, first, -1, count);
    if (edits < 2) continue;
    for (let second = first + 1; second < end; second++) {
      count = addDelete(symbols, end, first, second, count);
    }
  }
  return count;
}

function addDelete(symbols: Int32Array, end: number, first: number, second: number, count: number): number {
  let hash = HASH_START;
  for (let at = 0; at < end; at++) if (at !== first && at !== second) hash = hashSymbol(hash, symbols[at]!);
  hash = finishHash(hash);
  if (contains(deletes, count, hash)) return count;
  deletes[count] = hash;
  return count + 1;
}
