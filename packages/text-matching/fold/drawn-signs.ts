/** Letters drawn with several signs: `|<` for k, `()` for o, `\/` for v. */
import { type TextEdit } from './rewritten-text.ts';

const DRAWINGS: Readonly<Record<string, string>> = {
  a: '/-\\ /\\ /_\\',
  b: '|3',
  d: '|) |] [)',
  f: '|=',
  h: '|-| ]-[ }{ /-/',
  j: '_|',
  k: '|< |{ |(',
  l: '|_',
  m: '|\\/| /\\/\\ |v|',
  n: '|\\| /\\/',
  o: '() [] <>',
  p: '|> |* |°',
  r: '|2',
  u: '|_| (_) \\_/',
  v: '\\/',
  w: '\\/\\/ \\^/ |/\\|',
  x: '>< )(',
  y: "'/ `/",
};
const letterOf = new Map(
  Object.entries(DRAWINGS).flatMap(([letter, list]) => list.split(' ').map((drawing) => [drawing, letter])),
);
const ANY_DRAWING = new RegExp(
  [...letterOf.keys()]
    .sort((a, b) => b.length - a.length)
    .map((drawing) => drawing.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
    .join('|'),
  'g',
);
const LETTER = /[\p{L}\p{N}]/u;

/** Finds the drawings in words that also hold a letter or digit. */
export function drawnSigns(text: string): TextEdit[] {
  const edits: TextEdit[] = [];
  for (const chunk of text.matchAll(/\S+/g)) {
    if (!LETTER.test(chunk[0])) continue;
    for (const drawing of chunk[0].matchAll(ANY_DRAWING)) {
      const from = chunk.index + drawing.index;
      edits.push({ from, to: from + drawing[0].length, text: letterOf.get(drawing[0]) ?? '' });
    }
  }
  return edits;
}

const FEWEST_LETTERS = 3;

/** True if a place with drawings holds enough letters and digits to be read by itself. */
export function isLegibleDrawing(
  text: string,
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  return (text.slice(from, to).match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= FEWEST_LETTERS;
}
