/** Unpacks `tables/fold-table.json` once into arrays that the fold reads for every character. */
import table from '../tables/fold-table.json' with { type: 'json' };
import {
  AFTER_CLAUSE,
  AFTER_INVISIBLE,
  AFTER_JOINER,
  AFTER_LINE,
  AFTER_PICTURE,
  AFTER_SIGN,
  AFTER_SPACE,
  AFTER_STAR,
  AFTER_STOP,
  DIGIT,
  HAS_ALTERNATIVES,
  KIND_CLAUSE,
  KIND_DIGIT,
  KIND_INVISIBLE,
  KIND_JOINER,
  KIND_LEAD,
  KIND_LETTER,
  KIND_LINE,
  KIND_PICTURE,
  KIND_SIGN,
  KIND_SPACE,
  KIND_STOP,
  KINDS,
  UNSPACED,
} from './symbol-flags.ts';

const PLANE = 0x1_0000;
/** The first two planes, with letters and emoji, are tables. The planes of rare Han follow a rule. */
const TABLED = 2 * PLANE;
export const OUTPUT_BITS = 18;
export const OUTPUT_MASK = (1 << OUTPUT_BITS) - 1;

/** For each character: its output in the low 18 bits (for {@link KIND_SEVERAL} an index into {@link SEVERAL}), its kind above. */
export const FOLD = new Int32Array(TABLED);
/** For each character: the symbol flags. */
const FLAGS = new Uint16Array(TABLED);
/** For each UTF-16 unit that is a letter or digit of a script with spaces: output in the low bits, flags above. Otherwise 0. */
export const PLAIN = new Int32Array(PLANE);
export const PLAIN_BITS = 16;
export const PLAIN_MASK = (1 << PLAIN_BITS) - 1;
/** For each unit that only separates: the `AFTER_` flag of its kind. Otherwise 0. */
export const SEPARATES = new Int32Array(PLANE);
/** The `AFTER_` flag of each kind of separator. */
export const AFTER_OF_KIND = new Int32Array(KINDS);
AFTER_OF_KIND[KIND_SIGN] = AFTER_SIGN;
AFTER_OF_KIND[KIND_SPACE] = AFTER_SPACE;
AFTER_OF_KIND[KIND_LINE] = AFTER_LINE;
AFTER_OF_KIND[KIND_JOINER] = AFTER_JOINER;
AFTER_OF_KIND[KIND_STOP] = AFTER_STOP;
AFTER_OF_KIND[KIND_CLAUSE] = AFTER_CLAUSE;
AFTER_OF_KIND[KIND_PICTURE] = AFTER_PICTURE;
AFTER_OF_KIND[KIND_INVISIBLE] = AFTER_INVISIBLE;
const BACKSLASH = 92;
/** Signs that hide a letter where they touch a word. */
const STARS = '*•●■█▓░✱∗＊_＿';
/** The outputs of characters that fold to several symbols. */
export const SEVERAL: Int32Array[] = [];
/** The most symbols that one character folds to. */
export const MOST_SEVERAL = 3;

const branches = new Map<number, number[]>();
const NO_ALTERNATIVES: readonly number[] = [];

unpackRuns(table.runs);
table.groups.forEach(unpackGroup);
unpackHan(table.han);
unpackBranches(table.branches);
const ofAscii = Array.from({ length: 0x80 }, (_, character) => branches.get(character) ?? NO_ALTERNATIVES);
for (let unit = 0xd800; unit < 0xdc00; unit++) FOLD[unit] = KIND_LEAD << OUTPUT_BITS;
for (let unit = 0; unit < PLANE; unit++) collectPlain(unit);

export function isStar(unit: number): boolean {
  return (SEPARATES[unit]! & AFTER_STAR) !== 0;
}

/** Other letters that a character may stand for: `i` and `l` for `1`, `b` for `в`. */
export function alternativesOf(character: number): readonly number[] {
  return character < 0x80 ? ofAscii[character]! : (branches.get(character) ?? NO_ALTERNATIVES);
}

/** Output and kind of a code point beyond the tables. */
export function foldOfRare(point: number): number {
  const [first, last] = table.invisiblePlane;
  if (point >= first! && point <= last!) return KIND_INVISIBLE << OUTPUT_BITS;
  return point <= OUTPUT_MASK ? (KIND_LETTER << OUTPUT_BITS) | point : 0;
}

export function flagsOfRare(point: number): number {
  return point < TABLED ? FLAGS[point]! : UNSPACED;
}

function collectPlain(unit: number): void {
  const kind = FOLD[unit]! >>> OUTPUT_BITS;
  const output = FOLD[unit]! & OUTPUT_MASK;
  const isLetter = kind === KIND_LETTER || kind === KIND_DIGIT;
  if (isLetter && output <= PLAIN_MASK && (FLAGS[unit]! & UNSPACED) === 0) {
    PLAIN[unit] = (FLAGS[unit]! << PLAIN_BITS) | output;
  }
  // A backslash may begin an escape; otherwise it joins.
  SEPARATES[unit] = unit === BACKSLASH ? 0 : AFTER_OF_KIND[kind]!;
  if (SEPARATES[unit] !== 0 && STARS.includes(String.fromCharCode(unit))) SEPARATES[unit] |= AFTER_STAR;
}

function unpackRuns(runs: string): void {
  for (const run of runs.split(' ')) {
    const [first, length, kind, flags] = run.split(',').map((part) => parseInt(part, 36));
    const last = Math.min(first! + length!, TABLED);
    for (let point = first!; point < last; point++) setCharacter(point, kind!, flags!, point);
  }
}

function unpackGroup(group: string): void {
  const [kind = '', flags = '', output = ''] = group.split(',', 3);
  const characters = group.slice(kind.length + flags.length + output.length + 3);
  const points = pointsOf(output).slice(0, MOST_SEVERAL);
  let value = points[0]!;
  if (points.length > 1) value = SEVERAL.push(Int32Array.from(points)) - 1;
  for (const point of pointsOf(characters)) {
    if (point < TABLED) setCharacter(point, parseInt(kind, 36), parseInt(flags, 36), value);
  }
}

function unpackHan({ kind, flags, pairs }: { kind: number; flags: number; pairs: string }): void {
  const points = pointsOf(pairs);
  for (let at = 0; at < points.length; at += 2) {
    const point = points[at]!;
    if (point < TABLED) setCharacter(point, kind, flags, points[at + 1]!);
  }
}

function setCharacter(point: number, kind: number, flags: number, output: number): void {
  FOLD[point] = (kind << OUTPUT_BITS) | output;
  FLAGS[point] = flags | (kind === KIND_DIGIT ? DIGIT : 0);
}

function unpackBranches(lines: readonly string[]): void {
  for (const line of lines) {
    const [letter, ...characters] = pointsOf(line);
    for (const character of characters) {
      addBranch(character, letter!);
      // A Latin letter among foreign ones may stand for the foreign letter it resembles.
      const folded = FOLD[character]! & OUTPUT_MASK;
      if (FOLD[character]! >>> OUTPUT_BITS === KIND_LETTER && folded > 0x7f) addBranch(letter!, folded);
    }
  }
  for (let upper = 65; upper <= 90; upper++) {
    for (const letter of branches.get(upper + 32) ?? []) addBranch(upper, letter);
  }
  for (const point of branches.keys()) if (point < TABLED) FLAGS[point]! |= HAS_ALTERNATIVES;
}

function addBranch(from: number, to: number): void {
  const list = branches.get(from);
  if (list === undefined) branches.set(from, [to]);
  else if (!list.includes(to)) list.push(to);
}

function pointsOf(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}
