import { expect, it } from 'vitest';
import { describeDuration, describeSpan } from './time-left.ts';

const MINUTE = 60_000;

it('says a span in the largest unit, or in two', () => {
  expect(describeSpan(4 * MINUTE + 59_999)).toBe('4 min');
  expect(describeSpan(-30_000)).toBe('30 s');
  expect(describeSpan(119 * MINUTE)).toBe('1 h');
  expect(describeSpan(119 * MINUTE, 2)).toBe('1 h 59 min');
  expect(describeSpan(69 * 60 * MINUTE, 2)).toBe('2 d 21 h');
  expect(describeSpan(120 * MINUTE, 2)).toBe('2 h');
});

it('says a measured duration finely below ten seconds', () => {
  expect([138.4, 1300, 41_000, 370_000].map(describeDuration)).toEqual(['138 ms', '1.3 s', '41 s', '6 min']);
});
