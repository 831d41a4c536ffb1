/**
 * Marks the symbols that may stand for other letters, a chunk at a time, because that depends on their neighbours. A `1` among letters
 * may be an `l`, and a Cyrillic `о` among Latin letters an `o`. In a number or a Russian word they are themselves.
 */
import { type FoldedText, GLUED_LENGTH } from './folded-text.ts';
import * as s from './symbol-flags.ts';

/** Ends the current chunk before the symbol that starts the next one. */
export function startChunk(out: FoldedText): void {
  const mask = out.chunkMask;
  if ((mask & s.MAY_BE_DISGUISED) !== 0 || (mask & s.TURNED) !== 0) endDisguised(out, mask);
  if ((mask & s.FOREIGN) === 0) out.latinLetters += out.length - out.chunk;
  if (out.length - out.chunk >= out.gluedLength) markInnerStarts(out);
  out.chunk = out.length;
  out.chunkMask = 0;
}

/** Ends the text, and decides about its foreign letters from the whole of it. */
export function finishText(out: FoldedText): void {
  startChunk(out);
  const { length } = out;
  out.symbols[length] = 0;
  out.flags[length] = out.after | s.START | s.AFTER_NOTHING;
  out.symbols[length + 1] = 0;
  out.flags[length + 1] = s.START | s.AFTER_NOTHING;
  if (out.foreignLetters > 0 && out.latinLetters > out.foreignLetters) {
    markAmbiguous(out, 0, s.FOREIGN);
  }
}

function endDisguised(out: FoldedText, mask: number): void {
  if ((mask & s.FOREIGN) !== 0) {
    out.foreignLetters += countWith(out, s.FOREIGN);
    out.latinLetters += countWith(out, s.LATIN);
    // In a word of two alphabets, every letter may stand for its look-alike.
    if ((mask & (s.LATIN | s.DIGIT | s.SOFT)) !== 0) markAmbiguous(out, out.chunk, s.FOREIGN | s.LATIN);
  }
  if ((mask & s.TURNED) !== 0) out.hasTurned = true;
  // Among signs, a letter with a stroke (`ł` for `i`) is as ambiguous as the signs.
  const doubtful = (mask & s.SOFT) !== 0 ? s.DIGIT | s.SOFT | s.DIACRITIC : s.DIGIT;
  if ((mask & (s.DIGIT | s.SOFT)) !== 0) markAmbiguous(out, out.chunk, doubtful);
}

function countWith(out: FoldedText, flag: number): number {
  let count = 0;
  for (let index = out.chunk; index < out.length; index++) if ((out.flags[index]! & flag) !== 0) count++;
  return count;
}

function markAmbiguous(out: FoldedText, first: number, which: number): void {
  for (let index = first; index < out.length; index++) {
    const flags = out.flags[index]!;
    if ((flags & which) !== 0 && (flags & s.HAS_ALTERNATIVES) !== 0) out.flags[index] = flags | s.AMBIGUOUS;
  }
}

/** The shortest rest of a chunk in which a name may start that continues in the next word. */
const SHORTEST_REST = 4;

function markInnerStarts(out: FoldedText): void {
  // If names may stand anywhere, even the shortest may end a word.
  const end = out.gluedLength < GLUED_LENGTH ? out.length : out.length - SHORTEST_REST + 1;
  for (let index = out.chunk + 1; index < end; index++) {
    if ((out.flags[index]! & (s.START | s.HUMP | s.CONTINUED)) === 0) out.starts[out.startCount++] = index;
  }
}
