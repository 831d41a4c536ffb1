import { expect, it } from 'vitest';
import { seededRandom } from '../harness/seeded-random.ts';
import { pairedRatio } from './paired-ratio.ts';

it('is the middle of the ratios, between two of them', () => {
  const { median, low, high, pairs } = pairedRatio([1.02, 0.98, 1, 0.99, 1.01, 0.97, 1.03, 0.96, 1.04]);
  expect([pairs, median]).toEqual([9, 1]);
  expect(low).toBeLessThan(1);
  expect(high).toBeGreaterThan(1);
});

it('holds the true median in about 95 of 100 experiments', () => {
  const random = seededRandom(7);
  let held = 0;
  for (let experiment = 0; experiment < 2000; experiment += 1) {
    const { low, high } = pairedRatio(Array.from({ length: 30 }, () => 1 + (random() - 0.5) ** 3));
    if (low <= 1 && high >= 1) held += 1;
  }
  expect(held / 2000).toBeGreaterThan(0.94);
});

it('is refused for too few pairs', () => {
  expect(() => pairedRatio([1, 1, 1, 1, 1])).toThrow(RangeError);
});
