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
} from '../hashing/hash-multimap.ts';
import { finishHash } from '../hashing/word-hash.ts';

/** Deletes are made from so many first symbols. */
const PREFIX = 7;

const BASE = 0x01000193;
const powers = Int32Array.from({ length: PREFIX + 1 });
powers[0] = 1;
for (let power = 1; power <= PREFIX; power++) powers[power] = Math.imul(powers[power - 1]!, BASE);

/** Hashes of the prefixes of the present word. */
const heads = new Int32Array(PREFIX + 1);
const deletes = new Int32Array(1 + PREFIX + (PREFIX * (PREFIX - 1)) / 2);

/** Enters a word (folded, repeats collapsed) that allows `edits` (1 or 2). */
export function addDeletes(
  index: HashMultimapBuilder,
  symbols: Int32Array,
  edits: number,
  word: number,
): void {
  const count = deletesOf(symbols, symbols.length, edits);
  for (let at = 0; at < count; at++) if (!contains(deletes, at, deletes[at]!)) index.add(deletes[at]!, word);
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

/**
 * Hashes of a word's prefix with up to `edits` symbols deleted, in {@link deletes}; returns how many. The hash is a polynomial, so that what
 * is left of a word is hashed from the hashes of its pieces and not symbol by symbol.
 */
function deletesOf(symbols: Int32Array, length: number, edits: number): number {
  const end = Math.min(length, PREFIX);
  for (let at = 0; at < end; at++) heads[at + 1] = (Math.imul(heads[at]!, BASE) + symbols[at]!) | 0;
  deletes[0] = finishHash(heads[end]!);
  let count = 1;
  for (let first = 0; first < end; first++) {
    deletes[count++] = finishHash(joinPieces(heads[first]!, first + 1, end));
    if (edits < 2) continue;
    for (let second = first + 1; second < end; second++) {
      deletes[count++] = finishHash(
        joinPieces(joinPieces(heads[first]!, first + 1, second), second + 1, end),
      );
    }
  }
  return count;
}

/** The hash of a piece followed by the symbols from `from` up to `to`. */
function joinPieces(piece: number, from: number, to: number): number {
  const power = powers[to - from]!;
  const next = (heads[to]! - Math.imul(heads[from]!, power)) | 0;
  return (Math.imul(piece, power) + next) | 0;
}
