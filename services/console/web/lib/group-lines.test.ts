import { expect, it } from 'vitest';
import { groupLines, nextChoice } from './group-lines.ts';

const group = (minutes: number) => (minutes < 0 ? 'overdue' : minutes < 60 ? 'hour' : 'today');

it('puts one heading before each group and keeps the order', () => {
  expect(groupLines([-5, 10, 20, 300], group)).toEqual([
    { kind: 'heading', group: 'overdue' },
    { kind: 'item', item: -5, index: 0 },
    { kind: 'heading', group: 'hour' },
    { kind: 'item', item: 10, index: 1 },
    { kind: 'item', item: 20, index: 2 },
    { kind: 'heading', group: 'today' },
    { kind: 'item', item: 300, index: 3 },
  ]);
  expect(groupLines([], group)).toEqual([]);
});

it('puts no heading before items of no group', () => {
  expect(groupLines(['a', 'b'], () => null)).toEqual([
    { kind: 'item', item: 'a', index: 0 },
    { kind: 'item', item: 'b', index: 1 },
  ]);
});

it('repeats the heading of a group that the order splits', () => {
  const headings = groupLines([10, -5, 20], group).flatMap((line) =>
    line.kind === 'heading' ? [line.group] : [],
  );
  expect(headings).toEqual(['hour', 'overdue', 'hour']);
});

it('moves on to the next item that is still to do, else back to the nearest above', () => {
  const isEven = (value: number) => value % 2 === 0;
  expect(nextChoice([2, 3, 5, 8], 0, isEven)).toBe(8);
  expect(nextChoice([2, 4, 5, 7], 2, isEven)).toBe(4);
  expect(nextChoice([1, 2, 3], 1, isEven)).toBeNull();
  expect(nextChoice([2, 3], -1, isEven)).toBe(2);
  expect(nextChoice([], 0, isEven)).toBeNull();
});
