import { describe, expect, it } from 'vitest';
import { backOffMs } from '../../waiting/index.ts';

const BACK_OFF = { firstMs: 100, longestMs: 1000 };

describe('the back-off', () => {
  it('doubles with each failure, up to the longest', () => {
    const full = (failures: number) => backOffMs(BACK_OFF, failures, () => 1);
    expect([1, 2, 3, 4, 5, 6].map(full)).toEqual([100, 200, 400, 800, 1000, 1000]);
    expect(full(2000)).toBe(1000);
  });

  it('leaves half of it to chance', () => {
    const at = (random: number) => backOffMs(BACK_OFF, 3, () => random);
    expect([at(0), at(0.5), at(1)]).toEqual([200, 300, 400]);
    expect(backOffMs(BACK_OFF, 9, () => 0)).toBe(500);
  });

  it('draws anew each time', () => {
    const drawn = new Set(Array.from({ length: 50 }, () => backOffMs(BACK_OFF, 4)));
    expect(drawn.size).toBeGreaterThan(1);
    for (const ms of drawn) {
      expect(ms).toBeGreaterThanOrEqual(400);
      expect(ms).toBeLessThan(800);
    }
  });
});
