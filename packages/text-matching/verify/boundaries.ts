/** The edges of a match: at a word, at a part of a word, or within one. */
import { type FoldedText } from '../fold/folded-text.ts';
import { isHangulLetter } from '../fold/hangul.ts';
import * as s from '../fold/symbol-flags.ts';
import { LONGEST_ENDING } from '../languages/endings.ts';
import { KOREAN_PARTICLES } from '../languages/particles.ts';

/** At the edge of a word. */
export const AT_WORD = 0;
/** At the edge of a part of a word: `camelCase`, `name9`. */
export const AT_PART = 1;
/** Within a word. */
export const WITHIN = 2;
/** Inside a number or a character, where no name begins or ends. */
export const NOWHERE = 3;

/** Up to this many Hangul letters may be any ending. A longer one must be a particle. */
const LONGEST_KOREAN_ENDING = 6;
const koreanParticles: ReadonlySet<string> = new Set(KOREAN_PARTICLES);
/** The most UTF-16 units of Hangul to read after a name, decomposed syllables included. */
const LONGEST_KOREAN_REST = 40;
/** A syllable, or the letters of laughing and crying. Any other single letter may be drawn for a Latin one: `Kestㅇlia`. */
const KOREAN_AFTER_LATIN = /^(?:[가-힣]|[ㅋㅎㅠㅜ]+(?![\p{L}\p{N}]))/u;
/** Up to four particles, which attach to a number and leave it as it is. */
const KOREAN_AFTER_DIGIT =
  /^(?:(?:은|는|이|가|을|를|의|에|에서|에게|한테|께|와|과|도|으로|로|랑|이랑|하고|부터|까지|처럼|보다|마다|밖에|조차|마저|라도|이라도|나|이나|라|이라|라는|이라는|라고|이라고|야|이야|요|이요|예요|이에요|이다|입니다|입니까|인데|이고|였|이었|짜리|님){1,4}|[ㅋㅎㅠㅜ]+)(?![\p{L}\p{N}])/u;

const NUMBER_GOES_ON = s.AFTER_JOINER | s.AFTER_STOP | s.AFTER_CLAUSE;

export function startEdge(text: FoldedText, start: number): number {
  const own = text.flags[start]!;
  if ((own & s.CONTINUED) !== 0 || (start > 0 && isOneNumber(text, start))) return NOWHERE;
  if ((own & (s.START | s.UNSPACED)) !== 0 || start === 0) return AT_WORD;
  const before = text.flags[start - 1]!;
  if ((before & (s.SOFT | s.UNSPACED)) !== 0) return AT_WORD;
  return (own & s.HUMP) !== 0 ? AT_PART : WITHIN;
}

export function endEdge(text: FoldedText, end: number): number {
  const next = text.flags[end]!;
  if ((next & s.CONTINUED) !== 0 || (end < text.length && isOneNumber(text, end))) return NOWHERE;
  if ((next & (s.START | s.SOFT | s.UNSPACED)) !== 0) return AT_WORD;
  const last = text.flags[end - 1]!;
  if ((last & s.UNSPACED) !== 0 || endsBeforeKorean(text, end)) return AT_WORD;
  if ((next & s.HUMP) === 0) return WITHIN;
  // `AeroKnit 9s` continues the word, `AeroKnit9Launch` starts a new part.
  return (last & s.DIGIT) === 0 || (next & s.UPPER) !== 0 ? AT_PART : WITHIN;
}

/** Returns the end of the word if the rest of it, from `end`, is an ending; otherwise -1. */
export function endOfEnding(text: FoldedText, end: number, endings: ReadonlySet<string>): number {
  let until = end;
  while (until - end <= LONGEST_ENDING && (text.flags[until]! & (s.START | s.SOFT)) === 0) until++;
  const symbols = text.symbols.subarray(end, until);
  if (endings.has(String.fromCodePoint(...symbols))) return until;
  const isKorean =
    symbols.length <= LONGEST_KOREAN_ENDING || koreanParticles.has(String.fromCodePoint(...symbols));
  return isKorean && symbols.every(isHangulLetter) && isHangulLetter(text.symbols[end - 1]!) ? until : -1;
}

/** True if a word of another script ends before Hangul. After a digit only particles count: `3개` and `49만` are other numbers. */
function endsBeforeKorean(text: FoldedText, end: number): boolean {
  if (end === text.length || !isHangulLetter(text.symbols[end]!)) return false;
  const last = text.flags[end - 1]!;
  if ((last & (s.LATIN | s.DIGIT)) === 0) return false;
  const from = text.fromOf(end);
  const rest = text.text.slice(from, from + LONGEST_KOREAN_REST).normalize('NFC');
  return ((last & s.DIGIT) === 0 ? KOREAN_AFTER_LATIN : KOREAN_AFTER_DIGIT).test(rest);
}

/** True if digits stand on both sides, with at most a decimal sign between them. */
function isOneNumber(text: FoldedText, at: number): boolean {
  const both = text.flags[at]! & text.flags[at - 1]! & s.DIGIT;
  if (both === 0) return false;
  const between = text.flags[at]! & s.AFTER_ANY;
  return between === 0 || ((between & NUMBER_GOES_ON) !== 0 && (between & ~NUMBER_GOES_ON) === 0);
}
