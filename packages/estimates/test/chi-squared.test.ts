import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquaredQuantile } from '../index.ts';

describe('The quantile of chi-squared', () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4; two degrees: −2 ln(1 − p).
  it.each([
    [0.95, 1, 3.841],
    [0.975, 1, 5.024],
    [0.975, 2, 7.378],
    [0.025, 2, 0.051],
    [0.95, 10, 18.307],
    [0.99, 30, 50.892],
    [0.025, 100, 74.222],
    [0.975, 100, 129.561],
  ])('%d of %d degrees', (p, degrees, quantile) => {
    expect(chiSquaredQuantile(p, degrees)).toBeCloseTo(quantile, 3);
  });

  it('of two degrees is the exponential one, for every p', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (p) => {
        const exact = -2 * Math.log1p(-p);
        expect(Math.abs(chiSquaredQuantile(p, 2) - exact)).toBeLessThan(1e-9 * (1 + exact));
      }),
    );
  });

  it('of four degrees solves its own equation, P = 1 − e^(−x/2) (1 + x/2), to eleven digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 0.95, noNaN: true }), (p) => {
        const half = chiSquaredQuantile(p, 4) / 2;
        expect(Math.abs(1 - Math.exp(-half) * (1 + half) - p)).toBeLessThan(1e-12);
      }),
    );
  });

  it('rises with p and with the degrees, far out too', () => {
    const degrees = fc.double({ min: 0.1, max: 50_000, noNaN: true });
    fc.assert(
      fc.property(degrees, (k) => {
        expect(chiSquaredQuantile(0.025, k)).toBeLessThan(chiSquaredQuantile(0.975, k));
        expect(chiSquaredQuantile(0.975, k)).toBeLessThan(chiSquaredQuantile(0.975, k * 1.1));
      }),
      { numRuns: 50 },
    );
  });

  it('refuses what is no probability', () => {
    for (const [p, degrees] of [
      [0, 2],
      [1, 2],
      [-0.1, 2],
      [0.5, 0],
    ] as const) {
      expect(() => chiSquaredQuantile(p, degrees)).toThrow(
        new RangeError('p must lie between 0 and 1, degrees above 0'),
      );
    }
  });
});
