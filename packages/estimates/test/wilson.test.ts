import { describe, expect, it } from 'vitest';
import { wilsonInterval } from '../wilson.ts';

describe("Wilson's interval at 95 %", () => {
  it.each([
    // 45 of 50 has not proven 80 %, 49 of 54 has.
    [45, 50, 0.7864, 0.9565],
    [49, 54, 0.8009, 0.9598],
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [1, 1, 0.2065, 1],
  ])('%i of %i', (successes, n, low, high) => {
    const interval = wilsonInterval(successes, n);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  it('of nothing is not known', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
  });
});
