/**
 * What a symbol may stand for depends on the company it keeps: a `1` among letters may be an `l`, a Cyrillic `о` among Latin letters an
 * `o`; in an honest number or an honest Russian word they are themselves. So it is decided a chunk at a time.
 */
import { type FoldedText, GLUED_LENGTH } from './folded-text.ts';
import * as s from './symbol-flags.ts';

/** Ends the present chunk where the next symbol will start another. */
export function startChunk(out: FoldedText): void {
  const mask = out.chunkMask;
  if ((mask & s.MAY_BE_DISGUISED) !== 0 || (mask & s.TURNED) !== 0) endDisguised(out, mask);
  if ((mask & s.FOREIGN) === 0) out.latinLetters += out.length - out.chunk;
  if (out.length - out.chunk >= out.gluedLength) markInnerStarts(out);
  out.chunk = out.length;
  out.chunkMask = 0;
}

/** After the last character: what the text as a whole tells about its foreign letters. */
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
    // Two alphabets in one word: every letter of it may stand for its look-alike.
    if ((mask & (s.LATIN | s.DIGIT | s.SOFT)) !== 0) markAmbiguous(out, out.chunk, s.FOREIGN | s.LATIN);
  }
  if ((mask & s.TURNED) !== 0) out.hasTurned = true;
  // Among signs, a letter with a stroke (`ł` for `i`) is as doubtful as the signs.
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

/** Less of a word is no beginning of a name that goes on in the next one. */
const SHORTEST_REST = 4;

function markInnerStarts(out: FoldedText): void {
  // Where names may stand anywhere, the shortest may end a word, too.
  const end = out.gluedLength < GLUED_LENGTH ? out.length : out.length - SHORTEST_REST + 1;
  for (let index = out.chunk + 1; index < end; index++) {
    if ((out.flags[index]! & (s.START | s.HUMP | s.CONTINUED)) === 0) out.starts[out.startCount++] = index;
  }
}
