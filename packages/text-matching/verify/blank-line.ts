/** A name on both sides of a blank line, as in a caption set line by line. */
const LINE_ENDS = '\\n\\r\\u2028\\u2029';
const LINE_END = '(?:\\n|\\r(?!\\n)|[\\u2028\\u2029])';
/** Two ends of lines with no letter, digit or `&` between them: `\n\n`, `\n.\n.\n`. A name may hold an `&` of its own. */
const BLANK_LINE = new RegExp(`${LINE_END}[^\\p{L}\\p{N}&]*?${LINE_END}`, 'u');
const ANY_LINE_END = new RegExp(`[${LINE_ENDS}]`, 'u');
const HASHTAG = /[#＃][\p{L}\p{M}\p{N}_]+/gu;
const LETTER = /[\p{L}\p{N}]/u;
/** The most UTF-16 units of a line to read on each side, so that a long post costs no more than a short one. */
const LONGEST_REST = 200;

/**
 * True if a blank line stands within a match, and other words stand in the lines where it begins or ends. Such lines are two statements:
 * `stones: amber`, `Sparrow: a bird`.
 */
export function isPartedByBlankLine(text: string, from: number, to: number): boolean {
  if (!BLANK_LINE.test(text.slice(from, to))) return false;
  const ahead = text.slice(Math.max(0, from - LONGEST_REST), from).split(ANY_LINE_END);
  const behind = text.slice(to, to + LONGEST_REST).split(ANY_LINE_END);
  return holdsWord(ahead[ahead.length - 1]!) || holdsWord(behind[0]!);
}

/** True if a part of a line holds a letter or a digit outside hashtags. */
function holdsWord(part: string): boolean {
  return LETTER.test(part.replace(HASHTAG, ''));
}
