import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateTotal, FAULTLESS, type Judgement } from '../index.ts';

const judgements = fc.array(
  fc.record({ weight: fc.double({ min: 1, max: 500, noNaN: true }), positive: fc.boolean() }),
  { minLength: 1, maxLength: 60 },
);
const repeat = (count: number, judgement: Judgement) => Array.from({ length: count }, () => judgement);

describe('A total from judged samples', () => {
  it('is the sum of what the positive ones stand for, within its interval', () => {
    fc.assert(
      fc.property(judgements, (all) => {
        const total = estimateTotal(all, FAULTLESS);
        const sum = all.reduce((found, { weight, positive }) => found + (positive ? weight : 0), 0);
        expect(total?.value).toBeCloseTo(sum, 6);
        expect(total?.low).toBeLessThanOrEqual(sum + 1e-6);
        expect(total?.high).toBeGreaterThan(sum);
      }),
    );
  });

  it('of counts without weights has the exact interval of Poisson (F. Garwood, Biometrika 28, 1936)', () => {
    const of = (count: number) => estimateTotal(repeat(count, { weight: 1, positive: true }), FAULTLESS);
    expect(of(1)?.low).toBeCloseTo(0.0253, 4);
    expect(of(1)?.high).toBeCloseTo(5.5716, 4);
    expect(of(10)?.low).toBeCloseTo(4.7954, 4);
    expect(of(10)?.high).toBeCloseTo(18.3904, 4);
  });

  it('of none found is no proof of none: the bound grows with what a sample stands for', () => {
    const none = estimateTotal(repeat(1000, { weight: 50, positive: false }), FAULTLESS);
    expect(none).toMatchObject({ value: 0, low: 0 });
    expect(none?.high).toBeCloseTo(50 * 3.6889, 2);
  });

  it('of nothing judged is not known', () => {
    expect(estimateTotal([], FAULTLESS)).toBeNull();
  });

  it('takes off what a judge would have called a leak by mistake', () => {
    const calls = [
      ...repeat(30, { weight: 10, positive: true }),
      ...repeat(970, { weight: 10, positive: false }),
    ];
    // Of 1,000 called, 10 mistakes are expected, and 9 of 10 leaks are seen: (300 − 100) / 0.89.
    const total = estimateTotal(calls, { sensitivity: 0.9, specificity: 0.99 });
    expect(total?.value).toBeCloseTo((300 - 100) / 0.89, 6);
  });

  it('refuses a judge who is no better than a coin', () => {
    const judge = { sensitivity: 0.5, specificity: 0.5 };
    expect(() => estimateTotal([{ weight: 1, positive: true }], judge)).toThrow(
      new RangeError('verdicts of a judge who is no better than a coin say nothing'),
    );
  });
});
