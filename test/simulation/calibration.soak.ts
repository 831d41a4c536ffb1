/**
 * Checks that the report's intervals hold the truth as often as they promise. The real sampler, tiers and estimators report on
 * a hundred seasons, each with its own leaks, misses and erring reviewers; then the truth is looked up.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { covers, CREATORS, runSeasons, UNIFORM_SHARE } from './run-seasons.ts';
import { type Simulated } from './simulate-season.ts';
import { type TierMove } from './simulated-tiers.ts';

const RUNS = 100;
/** Exact 95 % intervals would hold the truth in that many seasons in nearly nine of ten such tests. */
const COVERED_AT_LEAST = 0.93 * RUNS;

let runs: Simulated[] = [];

beforeAll(() => {
  runs = [...runSeasons(1, RUNS, UNIFORM_SHARE)];
}, 600_000);

describe('Seasons of two thousand creators', () => {
  it.each(['precision', 'recall'] as const)('estimate %s so that the truth is in the interval', (what) => {
    expect(runs.filter((run) => covers(run, what)).length).toBeGreaterThanOrEqual(COVERED_AT_LEAST);
  });

  it('estimate recall without leaning to either side', () => {
    const errors = runs.map(
      ({ report, truth }) => (report.recall.missed ?? NaN) - (truth.leaks - truth.caught),
    );
    const mean = errors.reduce((sum, error) => sum + error, 0) / RUNS;
    const variance = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / (RUNS - 1);
    // Three standard errors of the mean.
    expect(Math.abs(mean)).toBeLessThan(3 * Math.sqrt(variance / RUNS));
  });

  it('call proven what is not so in one run of twenty at most', () => {
    const wrong = runs.filter(({ report, truth }) => report.recall.proven === 'yes' && truth.recall < 0.8);
    expect(wrong.length).toBeLessThanOrEqual(RUNS / 20);
  });

  it('account for every registered creator', () => {
    for (const { report } of runs) {
      const { registered, fresh, stale, uncollectable } = report.coverage;
      expect(registered).toBe(CREATORS);
      expect(fresh + stale + uncollectable).toBe(CREATORS);
    }
  });
});

describe("Creators' tiers through the seasons", () => {
  const moves = () => runs.flatMap((run) => run.moves);
  const some = (from: number, to: number, reason: RegExp) => (move: TierMove) =>
    move.from === from && move.to === to && move.reasons.some((said) => reason.test(said));

  it.each([
    [1, 4, 'a serious alert opens', /serious alert is open/],
    [3, 4, 'a serious alert opens', /serious alert is open/],
    [
      4,
      3,
      'it is closed, step by step',
      /after a serious alert closed on .*: tier 3 until|leaked before|highly sensitive|confirmed in the last/,
    ],
    [1, 3, 'a leak is confirmed', /leak was confirmed in the last 90 days/],
    [5, 3, 'a leak of a proven partner is confirmed', /leak was confirmed in the last 90 days/],
  ])('go from %i to %i when %s', (from, to, _when, reason) => {
    expect(moves().filter(some(from, to, reason)).length).toBeGreaterThan(0);
  });

  it('never move without a reason', () => {
    expect(moves().length).toBeGreaterThan(RUNS);
    expect(moves().filter(({ reasons }) => reasons.length === 0)).toEqual([]);
  });
});
