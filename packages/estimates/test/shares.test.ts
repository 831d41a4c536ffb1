import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  combinedProbability,
  correctedShare,
  estimateShare,
  FAULTLESS,
  percentile,
  provenAtLeast,
  wilsonInterval,
} from '../index.ts';

const probability = fc.double({ min: 0, max: 1, noNaN: true });
const errors = fc.record({
  sensitivity: fc.double({ min: 0.6, max: 1, noNaN: true }),
  specificity: fc.double({ min: 0.6, max: 1, noNaN: true }),
});

describe('A share from verdicts', () => {
  it('of a judge without fault is the plain one with its interval', () => {
    expect(estimateShare(45, 50, FAULTLESS)).toEqual({ share: 0.9, interval: wilsonInterval(45, 50) });
  });

  it('of no verdict at all is not known', () => {
    expect(estimateShare(0, 0, FAULTLESS)).toBeNull();
  });

  it('is found again behind the errors of the judge', () => {
    fc.assert(
      fc.property(probability, errors, (truth, judge) => {
        const called = truth * judge.sensitivity + (1 - truth) * (1 - judge.specificity);
        expect(correctedShare(called, judge)).toBeCloseTo(truth, 9);
      }),
    );
  });

  it('lies in its interval, and both between 0 and 1', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), errors, (right, wrong, judge) => {
        const estimate = estimateShare(right, right + wrong, judge);
        if (estimate === null) {
          expect(right + wrong).toBe(0);
          return;
        }
        const { share, interval } = estimate;
        expect(interval.low).toBeGreaterThanOrEqual(0);
        expect(share).toBeGreaterThanOrEqual(interval.low - 1e-12);
        expect(share).toBeLessThanOrEqual(interval.high + 1e-12);
        expect(interval.high).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('A claim of at least 80 %', () => {
  it.each([
    [45, 50, 'not-yet'],
    [49, 54, 'yes'],
    [5, 5, 'not-yet'],
    [20, 50, 'no'],
    [0, 0, 'not-yet'],
    [0, 1, 'not-yet'],
    [0, 9, 'not-yet'],
    [0, 10, 'no'],
  ])('by %i of %i: %s', (right, n, proof) => {
    expect(provenAtLeast(0.8, wilsonInterval(right, n), n)).toBe(proof);
  });
});

describe('The probability of being drawn at all', () => {
  it('is that of independent draws', () => {
    expect(combinedProbability([])).toBe(0);
    expect(combinedProbability([0.02])).toBeCloseTo(0.02, 12);
    expect(combinedProbability([0.5, 0.5])).toBeCloseTo(0.75, 12);
    expect(combinedProbability([0.02, 1])).toBe(1);
  });

  it('is never less than that of the likeliest draw', () => {
    fc.assert(
      fc.property(fc.array(probability, { minLength: 1, maxLength: 5 }), (draws) => {
        const combined = combinedProbability(draws);
        expect(combined).toBeGreaterThanOrEqual(Math.max(...draws) - 1e-12);
        expect(combined).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('A percentile', () => {
  it('is the nearest rank', () => {
    expect(percentile([], 50)).toBeNull();
    expect(percentile([7], 99)).toBe(7);
    expect(percentile([1, 2, 3, 4], 50)).toBe(2);
    expect(percentile([1, 2, 3, 4], 95)).toBe(4);
  });
});

describe('a target that an end of the interval meets exactly', () => {
  it.each([
    ['the low end proves it', 0.8, 'yes'],
    ['the high end does not refute it', 0.9, 'not-yet'],
    ['a little above the high end refutes it', 0.9001, 'no'],
  ])('%s', (_name, target, proof) => {
    expect(provenAtLeast(target, { low: 0.8, high: 0.9 }, 100)).toBe(proof);
  });
});
