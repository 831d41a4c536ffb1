import { type Report } from '@leakwatch/contracts';
import { BUILT_IN_RULESET, compileRuleset } from '@leakwatch/tier-rules';
import { simulateSeason, type Simulated, type Truth } from './simulate-season.ts';

export const CREATORS = 2000;
const DAYS = 90;
/** Error rates of the verdicts. They are known, and the estimates correct for them. */
const REVIEWERS = {
  alerts: { sensitivity: 0.97, specificity: 0.95 },
  samples: { sensitivity: 0.95, specificity: 0.9998 },
};
export const UNIFORM_SHARE = 0.1;

const ruleset = compileRuleset(BUILT_IN_RULESET, 'built-in ruleset');

/** Runs one season a seed. */
export function* runSeasons(firstSeed: number, runs: number, uniformShare: number): Generator<Simulated> {
  for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
    yield simulateSeason({
      seed,
      creators: CREATORS,
      days: DAYS,
      ruleset,
      sampling: { uniformShare, seed: String(seed) },
      reviewers: REVIEWERS,
    });
  }
}

/** Tells whether the report's interval holds the truth. */
export function covers({ report, truth }: Simulated, what: 'precision' | 'recall'): boolean {
  const interval = intervalOf(report, what);
  return interval !== null && interval.low <= truth[what] && truth[what] <= interval.high;
}

export function intervalOf(report: Report, what: keyof Pick<Truth, 'precision' | 'recall'>) {
  return what === 'recall' ? report.recall.interval : (report.precision[0]?.interval ?? null);
}
