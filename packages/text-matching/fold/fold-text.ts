import { escapeLength, escapedPoint, readEscape } from './escapes.ts';
import {
  AFTER_OF_KIND,
  FOLD,
  MOST_SEVERAL,
  OUTPUT_BITS,
  OUTPUT_MASK,
  PLAIN,
  PLAIN_BITS,
  PLAIN_MASK,
  SEPARATES,
  SEVERAL,
  flagsOfRare,
  foldOfRare,
} from './fold-table.ts';
import { FoldedText, GLUED_LENGTH } from './folded-text.ts';
import { isInlineTag, readTag, tagLength } from './html-tags.ts';
import { finishText, startChunk } from './mark-chunks.ts';
import { hiddenCharacter } from './tag-characters.ts';
import * as s from './symbol-flags.ts';
import { hangulLetters, isHangulLetter } from './hangul.ts';

/** A change of these between neighbours is a change of script. */
const SCRIPT = s.PICTURE | s.UNSPACED;
/** A change of these within a word may be a hump. */
const CHANGES = SCRIPT | s.UPPER | s.DIGIT;
/** A chunk with one of these is marked again at its end. */
const NEEDS_CARE = s.MAY_BE_DISGUISED | s.TURNED;
const NOT_OF_PREVIOUS = s.START | s.HUMP;
// The compiler inlines a constant of this file, but reads an imported one at each use.
const { BREAKS_CHUNK, UPPER } = s;
const PLAIN_START = s.START | s.PLACED;
const plainOf = PLAIN;
const separatesOf = SEPARATES;
const UNIT_BITS = PLAIN_BITS;
const UNIT_MASK = PLAIN_MASK;
const letters = new Int32Array(MOST_SEVERAL);
const LESS_THAN = 60;
const BACKSLASH = 92;
const BAR = 124;
const BRACKETS = Array.from('([{<>', (sign) => sign.charCodeAt(0));
/** Signs that draw a letter together with a bar, a bracket or a backslash. */
const BESIDE = '|<>(){}[]/\\_^=-*°23';
/** The first half of every tag character. */
const LEAD_OF_TAGS = 0xdb40;

/** The text that was folded last. */
export const folded = new FoldedText();
const out = folded;
// Constants for the same reason: looking up these arrays took two fifths of the time.
const { units, symbols, flags, placedFrom, placedTo, starts } = out;

/**
 * Folds a text: case, width, diacritics, presentation forms, invisible characters and escapes, with offsets into the original.
 * Returns the same object each time, valid until the next call. Takes linear time; accepts any string, even lone surrogates.
 *
 * @param gluedLength - the shortest chunk, in symbols, to search for names glued to other words
 * @throws RangeError for a text of more than {@link LONGEST_TEXT} UTF-16 units
 */
export function foldText(text: string, gluedLength = GLUED_LENGTH): FoldedText {
  out.reset(text);
  out.gluedLength = gluedLength;
  const end = text.length;
  // Plain words, most of every text, keep the state in these variables and not in `out`.
  let { length, after, chunk, chunkMask: mask, lastEnd } = out;
  let startCount = 0;
  let latinLetters = 0;
  let previous = 0;
  for (let at = 0; at < end;) {
    const unit = units[at]!;
    const plain = plainOf[unit]!;
    const own = plain >>> UNIT_BITS;
    if (plain !== 0 && (after | ((own ^ previous) & CHANGES)) === 0) {
      symbols[length] = plain & UNIT_MASK;
      flags[length++] = own;
      mask |= own;
      at++;
      lastEnd = at;
      continue;
    }
    const separates = separatesOf[unit]!;
    if (separates !== 0) {
      after |= separates;
      at++;
      continue;
    }
    if (plain !== 0 && (after & BREAKS_CHUNK) !== 0) {
      if ((mask & NEEDS_CARE) !== 0 || length - chunk >= gluedLength) {
        out.length = length;
        out.chunk = chunk;
        out.chunkMask = mask;
        out.startCount = startCount;
        startChunk(out);
        startCount = out.startCount;
      } else {
        latinLetters += length - chunk;
      }
      chunk = length;
      starts[startCount++] = length;
      placedFrom[length] = at;
      at++;
      placedTo[length] = at;
      lastEnd = at;
      symbols[length] = plain & UNIT_MASK;
      flags[length++] = own | after | PLAIN_START;
      // In `Word` the letter after the capital is not a hump.
      previous = own & ~UPPER;
      mask = own;
      after = 0;
      continue;
    }
    out.length = length;
    out.after = after;
    out.chunk = chunk;
    out.chunkMask = mask;
    out.startCount = startCount;
    out.lastEnd = lastEnd;
    out.latinLetters += latinLetters;
    latinLetters = 0;
    at = takeUnit(unit, at);
    ({ length, after, chunk, chunkMask: mask, startCount, lastEnd } = out);
    previous = length > 0 ? flags[length - 1]! : 0;
    if ((previous & NOT_OF_PREVIOUS) !== 0) previous &= ~UPPER;
  }
  out.length = length;
  out.after = after;
  out.chunk = chunk;
  out.chunkMask = mask;
  out.startCount = startCount;
  out.latinLetters += latinLetters;
  finishText(out);
  return out;
}

/** Reads a character that is not a letter of a plain word. Returns its end. */
function takeUnit(unit: number, at: number): number {
  const kind = FOLD[unit]! >>> OUTPUT_BITS;
  if (kind === s.KIND_LEAD) {
    const point = out.text.codePointAt(at)!;
    const hidden = unit === LEAD_OF_TAGS ? hiddenCharacter(out.text, at) : 0;
    if (hidden > 0) takeCharacter(hidden, s.COMPAT, at, at + 2);
    else if (point > 0xffff) takeCharacter(point, 0, at, at + 2);
    else out.after |= s.AFTER_SIGN;
    return point > 0xffff ? at + 2 : at + 1;
  }
  if (unit === LESS_THAN) {
    const tag = readTag(out.text, at);
    if (tag !== 0) {
      out.after |= isInlineTag(tag) ? s.AFTER_INVISIBLE : s.AFTER_LINE;
      return at + tagLength(tag);
    }
  }
  const found = kind === s.KIND_ESCAPE || unit === BACKSLASH ? readEscape(out.text, at) : -1;
  if (found < 0) {
    if (unit === BACKSLASH) noteDrawing(at);
    takeCharacter(unit, 0, at, at + 1);
    return at + 1;
  }
  takeCharacter(escapedPoint(found), s.ESCAPED, at, at + escapeLength(found));
  return at + escapeLength(found);
}

/** Adds one letter or digit. */
function pushSymbol(symbol: number, own: number, at: number, end: number): void {
  const length = out.length;
  const after = out.after;
  let flags = own | after | maskBefore(at);
  if ((after & s.AFTER_ANY) !== 0) {
    flags |= s.START;
    if ((after & s.BREAKS_CHUNK) !== 0) startChunk(out);
    out.starts[out.startCount++] = length;
  } else {
    const previous = out.flags[length - 1]!;
    const changed = own ^ previous;
    if ((own & s.UNSPACED) !== 0 || (changed & (SCRIPT | s.DIGIT)) !== 0 || (own & changed & s.UPPER) !== 0) {
      flags |= s.HUMP;
      out.starts[out.startCount++] = length;
    } else if ((changed & s.UPPER) !== 0 && (previous & NOT_OF_PREVIOUS) === 0) {
      // In `MXVertigo` the last capital is the hump, which is known only at the next letter.
      out.flags[length - 1] = previous | s.HUMP;
      out.starts[out.startCount++] = length - 1;
    }
  }
  out.chunkMask |= own;
  out.symbols[length] = symbol;
  out.flags[length] = flags | s.PLACED;
  out.placedFrom[length] = at;
  out.placedTo[length] = end;
  out.length = length + 1;
  out.lastEnd = end;
  out.after = 0;
}

/** Adds a character that is not a plain letter. */
function takeCharacter(point: number, extra: number, at: number, end: number): void {
  const entry = point < FOLD.length ? FOLD[point]! : foldOfRare(point);
  const own = flagsOfRare(point) | extra;
  const kind = entry >>> OUTPUT_BITS;
  switch (kind) {
    case s.KIND_LETTER:
    case s.KIND_DIGIT:
      pushSymbol(entry & OUTPUT_MASK, own, at, end);
      break;
    case s.KIND_SEVERAL:
      pushSeveral(SEVERAL[entry & OUTPUT_MASK]!, own, at, end);
      break;
    case s.KIND_HANGUL:
      pushSeveral(hangulLetters(point, letters), own | startOfHangul(), at, end);
      break;
    case s.KIND_MARK:
      pushMark(entry & OUTPUT_MASK, own, at, end);
      break;
    case s.KIND_STRIPPED:
      stripMark(end);
      break;
    case s.KIND_TAG:
      pushSoft(point, own, at, end);
      out.after |= s.AFTER_TAG;
      break;
    case s.KIND_SOFT_CLAUSE:
      pushSoft(point, own, at, end);
      out.after |= s.AFTER_CLAUSE;
      if (point === BAR || BRACKETS.includes(point)) noteDrawing(at);
      break;
    case s.KIND_SOFT:
    case s.KIND_ESCAPE:
      pushSoft(point, own, at, end);
      out.after |= s.AFTER_SIGN;
      break;
    case s.KIND_PICTURE:
      out.after |= s.AFTER_PICTURE | (out.lastEnd === at && out.after === 0 ? s.AFTER_LAST_PICTURE : 0);
      break;
    default:
      out.after |= AFTER_OF_KIND[kind]!;
  }
}

/** Adds a character that folds to several symbols: a ligature, a Hangul syllable. */
function pushSeveral(parts: Int32Array, own: number, at: number, end: number): void {
  for (let index = 0; index < parts.length; index++) {
    const symbol = parts[index]!;
    if (symbol === 0) break;
    pushSymbol(symbol, index === 0 ? own : (own & ~s.START) | s.CONTINUED, at, end);
  }
}

/** Begins a word at a syllable after a letter of another script: in `Velora를` a particle follows the name. */
function startOfHangul(): number {
  const { length, after } = out;
  if (length === 0 || (after & s.AFTER_ANY) !== 0) return 0;
  const isSame = isHangulLetter(out.symbols[length - 1]!);
  if (isSame || (out.flags[length - 1]! & (s.DIGIT | s.UNSPACED | s.SOFT)) !== 0) return 0;
  out.starts[out.startCount++] = length;
  return s.START;
}

/** Adds a vowel sign of a script that writes vowels as marks. It never starts a word. */
function pushMark(symbol: number, own: number, at: number, end: number): void {
  if ((out.after & s.AFTER_ANY) !== 0) return;
  const { length } = out;
  out.symbols[length] = symbol;
  out.flags[length] = own | (out.flags[length - 1]! & s.UNSPACED) | s.CONTINUED | s.PLACED | out.after;
  out.placedFrom[length] = at;
  out.placedTo[length] = end;
  out.length = length + 1;
  out.lastEnd = end;
  out.after = 0;
}

function stripMark(end: number): void {
  if ((out.after & s.AFTER_ANY) !== 0) return;
  const last = out.length - 1;
  // A letter of a plain word is one unit, directly before the next character.
  if ((out.flags[last]! & s.PLACED) === 0) out.placedFrom[last] = out.lastEnd - 1;
  out.placedTo[last] = end;
  out.flags[last]! |= s.DIACRITIC | s.PLACED;
  out.lastEnd = end;
}

/** Adds a sign that may stand for a letter, if it touches a word: `$ale`, `K!ndling`. */
function pushSoft(point: number, own: number, at: number, end: number): void {
  const { length } = out;
  const touchesBefore = length > 0 && out.lastEnd === at;
  if (!touchesBefore && !isWordUnit(out.text.charCodeAt(end))) return;
  if ((out.after & s.BREAKS_CHUNK) !== 0) startChunk(out);
  if (!touchesBefore) out.starts[out.startCount++] = length;
  out.chunkMask |= s.SOFT;
  out.symbols[length] = point;
  out.flags[length] =
    own | s.SOFT | s.HAS_ALTERNATIVES | s.PLACED | out.after | maskBefore(at) | (touchesBefore ? 0 : s.START);
  out.placedFrom[length] = at;
  out.placedTo[length] = end;
  out.length = length + 1;
  out.lastEnd = end;
  out.after = 0;
}

/** Notes that a sign at `at`, beside another one, may be part of a letter drawn with signs. */
function noteDrawing(at: number): void {
  const { text } = out;
  if (BESIDE.includes(text.charAt(at + 1)) || (at > 0 && BESIDE.includes(text.charAt(at - 1))))
    out.hasDrawings = true;
}

/** Returns the flag for signs before a unit that may hide letters. A sign that is a symbol itself hides none. */
function maskBefore(at: number): number {
  const { after, lastEnd } = out;
  return (after & s.MASKS) !== 0 && (after & s.NO_MASK) === 0 && lastEnd < at ? s.AFTER_MASK : 0;
}

/** True for a letter or digit, or a sign that may be one. */
function isWordUnit(unit: number): boolean {
  // Past the end of the text the unit is NaN.
  if (Number.isNaN(unit)) return false;
  const kind = FOLD[unit]! >>> OUTPUT_BITS;
  return (
    kind === s.KIND_LETTER || kind === s.KIND_DIGIT || (kind >= s.KIND_SOFT && kind <= s.KIND_SOFT_CLAUSE)
  );
}
