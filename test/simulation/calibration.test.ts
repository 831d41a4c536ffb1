/**
 * Do the report's intervals hold what they promise? A hundred seasons of months, each with its own leaks, matcher's misses and
 * erring reviewers, are reported on by the real sampler, tiers and estimators; then the truth is looked up.
 */
import { BUILT_IN_RULESET, compileRuleset } from '@leakwatch/tier-rules';
import { beforeAll, describe, expect, it } from 'vitest';
import { simulateSeason, type Simulated } from './simulate-season.ts';
import { type TierMove } from './simulated-tiers.ts';

const RUNS = 100;
const CREATORS = 2000;
const DAYS = 90;
/** Known: the truth is told through these errors, and the estimates are corrected for them. */
const REVIEWERS = {
  alerts: { sensitivity: 0.97, specificity: 0.95 },
  samples: { sensitivity: 0.95, specificity: 0.9998 },
};
/** At 95 %, 100 runs cover the truth 93 times or more in 9 of 10 such tests if the intervals are exact, and these are not narrow. */
const COVERED_AT_LEAST = 93;

const ruleset = compileRuleset(BUILT_IN_RULESET, 'built-in ruleset');
let runs: Simulated[] = [];

beforeAll(() => {
  runs = Array.from({ length: RUNS }, (_, index) =>
    simulateSeason({
      seed: index + 1,
      creators: CREATORS,
      days: DAYS,
      ruleset,
      sampling: { uniformShare: 0.1, seed: String(index + 1) },
      reviewers: REVIEWERS,
    }),
  );
}, 600_000);

const covers = (interval: { low: number; high: number } | null | undefined, truth: number) =>
  interval !== null && interval !== undefined && interval.low <= truth && truth <= interval.high;
const covered = (
  intervalOf: (run: Simulated) => Parameters<typeof covers>[0],
  truth: 'precision' | 'recall',
) => runs.filter((run) => covers(intervalOf(run), run.truth[truth])).length;

describe('A hundred seasons of two thousand creators', () => {
  it('estimate precision so that the truth is in the interval', () => {
    expect(covered(({ report }) => report.precision[0]?.interval, 'precision')).toBeGreaterThanOrEqual(
      COVERED_AT_LEAST,
    );
  });

  it('estimate recall so that the truth is in the interval', () => {
    expect(covered(({ report }) => report.recall.interval, 'recall')).toBeGreaterThanOrEqual(
      COVERED_AT_LEAST,
    );
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
