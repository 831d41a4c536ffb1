import { expect, it } from 'vitest';
import { trendOf } from './trend.ts';

it('says whether the later half of a series is lower than the earlier one', () => {
  expect(trendOf([9, 8, 4, 3])).toBe('falling');
  expect(trendOf([3, 4, 100, 8, 9])).toBe('rising');
  expect(trendOf([10, 10, 10.5, 10])).toBe('steady');
  expect(trendOf([0, 0, 0, 0])).toBe('steady');
  expect(trendOf([9, 8, 1])).toBe('unknown');
});
