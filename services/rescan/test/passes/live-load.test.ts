import { describe, expect, it } from 'vitest';
import { nextShare } from '../../passes/live-load.ts';

describe('the share of re-scans', () => {
  const limits = { liveLag: 100, most: 0.5 };
  const after = (share: number, ...lags: number[]) =>
    lags.reduce((sum, lag) => nextShare(sum, { ...limits, lag }), share);

  it('halves with every look at live traffic that is behind, down to next to nothing', () => {
    expect(after(0.5, 101, 500)).toBe(0.125);
    expect(after(0.5, ...Array.from({ length: 50 }, () => 1000))).toBe(0.01);
  });

  it('comes back once live traffic keeps up, and never goes beyond what is allowed', () => {
    expect(after(0.125, 100)).toBe(0.25);
    expect(after(0.01, 0, 0, 0, 0, 0)).toBe(0.5);
  });

  it('stays at a share that is smaller than the least', () => {
    expect(nextShare(0.005, { lag: 1000, liveLag: 100, most: 0.005 })).toBe(0.005);
  });
});
