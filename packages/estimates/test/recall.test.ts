import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateRecall, FAULTLESS, ratioInterval, type Judgement } from '../index.ts';

const FAULTLESS_JUDGES = { alertJudge: FAULTLESS, sampleJudge: FAULTLESS };
const repeat = (count: number, judgement: Judgement) => Array.from({ length: count }, () => judgement);
const leaks = (count: number, weight = 1) => repeat(count, { weight, positive: true });
const innocent = (count: number, weight = 1) => repeat(count, { weight, positive: false });

describe('Recall', () => {
  it('weighs what was missed by what it stands for', () => {
    const estimate = estimateRecall({
      alerted: [...leaks(90), ...innocent(10)],
      silent: [...leaks(1, 10), ...innocent(99, 10)],
      ...FAULTLESS_JUDGES,
    });
    expect(estimate?.recall).toBeCloseTo(0.9, 9);
    expect(estimate?.interval.low).toBeLessThan(0.75);
    expect(estimate?.interval.high).toBeGreaterThan(0.97);
  });

  it('with no miss found has a bound and no certainty', () => {
    const estimate = estimateRecall({ alerted: leaks(50), silent: innocent(300, 20), ...FAULTLESS_JUDGES });
    expect(estimate?.recall).toBe(1);
    expect(estimate?.interval.high).toBe(1);
    // Up to 74 leaks may hide behind samples that stand for 20 each.
    expect(estimate?.interval.low).toBeGreaterThan(0.3);
    expect(estimate?.interval.low).toBeLessThan(0.45);
  });

  it('without any leak, or with one side unseen, is not known', () => {
    expect(estimateRecall({ alerted: leaks(3), silent: [], ...FAULTLESS_JUDGES })).toBeNull();
    expect(estimateRecall({ alerted: [], silent: innocent(9), ...FAULTLESS_JUDGES })).toBeNull();
    const nothing = estimateRecall({ alerted: innocent(3), silent: innocent(3), ...FAULTLESS_JUDGES });
    expect(nothing).toMatchObject({ recall: null, interval: { low: 0, high: 1 } });
  });

  it('lies in its interval, whatever was found', () => {
    const counts = fc.tuple(fc.nat(40), fc.nat(40), fc.nat(20), fc.nat(40));
    const weight = fc.double({ min: 1, max: 100, noNaN: true });
    fc.assert(
      fc.property(counts, weight, ([caught, wrong, missed, clean], each) => {
        const alerted = [...leaks(caught), ...innocent(wrong + 1)];
        const silent = [...leaks(missed, each), ...innocent(clean + 1, each)];
        const estimate = estimateRecall({ alerted, silent, ...FAULTLESS_JUDGES });
        const recall = estimate?.recall ?? 0.5;
        expect(estimate?.interval.low).toBeGreaterThanOrEqual(0);
        expect(estimate?.interval.low).toBeLessThanOrEqual(recall + 1e-9);
        expect(estimate?.interval.high).toBeGreaterThanOrEqual(recall - 1e-9);
        expect(estimate?.interval.high).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("A ratio's interval", () => {
  it('is that of the upper one where the lower one is certain', () => {
    const interval = ratioInterval({ value: 6, low: 4, high: 9 }, { value: 2, low: 2, high: 2 });
    expect(interval.low).toBeCloseTo(2, 9);
    expect(interval.high).toBeCloseTo(4.5, 9);
  });

  it('has no end where the lower one may be nothing', () => {
    expect(ratioInterval({ value: 1, low: 0, high: 3 }, { value: 1, low: 0, high: 4 }).high).toBe(Infinity);
  });
});
