import { expect, it } from 'vitest';
import { diffLines, withNeighbours } from './diff-lines.ts';

const written = (before: string, after: string) =>
  diffLines(before, after)
    .map(({ kind, text }) => ({ same: ' ', added: '+', removed: '-' })[kind] + text)
    .join('|');

it.each([
  ['a\nb\nc', 'a\nb\nc', ' a| b| c'],
  ['a\nb\nc', 'a\nB\nc', ' a|-b|+B| c'],
  ['a\nc', 'a\nb\nc\nd', ' a|+b| c|+d'],
  ['a\nb\nc\nd', 'd', '-a|-b|-c| d'],
  ['x\na\ny\nb', 'a\nz\nb\nx', '-x| a|-y|+z| b|+x'],
  ['', 'a', '-|+a'],
])('tells %j and %j apart', (before, after, expected) => {
  expect(written(before, after)).toBe(expected);
});

it('shows changed lines with their neighbours, and says where lines are left out', () => {
  const lines = diffLines('1\n2\n3\n4\n5\n6\n7\n8', '1\n2\n3\nfour\n5\n6\n7\n8');
  expect(withNeighbours(lines, 1).map((line) => line?.text ?? null)).toEqual([
    null,
    '3',
    '4',
    'four',
    '5',
    null,
  ]);
});
