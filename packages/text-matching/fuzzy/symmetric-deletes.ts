/**
 * Finds words within one or two edits without comparing each pair (W. Garbe's symmetric deletes). Two words are that close only if
 * deleting as many symbols from both can make them equal. Deleting only among the first symbols bounds the entries per word.
 */
import {
  bucketBegin,
  bucketEnd,
  isAt,
  mayHold,
  type HashMultimap,
  type HashMultimapBuilder,
} from '../hashing/hash-multimap.ts';
import { finishHash } from '../hashing/word-hash.ts';

/** Symbols are deleted only among this many first ones. */
const PREFIX = 7;

const BASE = 0x01000193;
const powers = Int32Array.from({ length: PREFIX + 1 });
powers[0] = 1;
for (let power = 1; power <= PREFIX; power++) powers[power] = Math.imul(powers[power - 1]!, BASE);

/** Hashes of the prefixes of the current word. */
const heads = new Int32Array(PREFIX + 1);
const deletes = new Int32Array(1 + PREFIX + (PREFIX * (PREFIX - 1)) / 2);

/** Adds a word (folded, repeats collapsed) that allows `edits` (1 or 2). */
export function addDeletes(
  index: HashMultimapBuilder,
  symbols: Int32Array,
  edits: number,
  word: number,
): void {
  const count = deletesOf(symbols, symbols.length, edits);
  for (let at = 0; at < count; at++) if (!contains(deletes, at, deletes[at]!)) index.add(deletes[at]!, word);
}

/** Writes the words that may be within `edits` of the given one to `into`, each once. Returns their number. The caller measures them. */
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
      if (!isAt(index, slot, hash) || contains(into, found, index.values[slot]!)) continue;
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
 * Writes the hashes of a word's prefix with up to `edits` symbols deleted to {@link deletes}. Returns their number. The hash is a
 * polynomial, so it is computed from the hashes of pieces and not symbol by symbol.
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

/** Hashes a piece followed by the symbols from `from` up to `to`. */
function joinPieces(piece: number, from: number, to: number): number {
  const power = powers[to - from]!;
  const next = (heads[to]! - Math.imul(heads[from]!, power)) | 0;
  return (Math.imul(piece, power) + next) | 0;
}
