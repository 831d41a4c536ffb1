import { type Interval } from './interval.ts';
import { type Judge } from './judge.ts';
import { ratioInterval, type Estimated } from './ratio-interval.ts';
import { estimateTotal, type Judgement } from './total.ts';

export interface RecallEvidence {
  /** Verdicts on alerts. Each stands for its posts, and for those of alerts without a verdict. */
  readonly alerted: readonly Judgement[];
  /** Verdicts on sampled posts that raised no alert. */
  readonly silent: readonly Judgement[];
  readonly alertJudge: Judge;
  readonly sampleJudge: Judge;
}

export interface RecallEstimate {
  /** Leaks that raised an alert, and leaks that raised none. */
  readonly caught: Estimated;
  readonly missed: Estimated;
  /** caught / (caught + missed); null if no leak is known. */
  readonly recall: number | null;
  readonly interval: Interval;
}

/**
 * Estimates the share of all leaks that raised an alert. Its interval comes from those of the two totals through missed /
 * caught, with recall = 1 / (1 + missed / caught). Null if one side has no verdict at all: then nothing is known.
 */
export function estimateRecall({
  alerted,
  silent,
  alertJudge,
  sampleJudge,
}: RecallEvidence): RecallEstimate | null {
  const caught = estimateTotal(alerted, alertJudge);
  const missed = estimateTotal(silent, sampleJudge);
  if (caught === null || missed === null) return null;
  const leaks = caught.value + missed.value;
  const ratio = ratioInterval(missed, caught);
  return {
    caught,
    missed,
    recall: leaks === 0 ? null : caught.value / leaks,
    interval: leaks === 0 ? { low: 0, high: 1 } : { low: 1 / (1 + ratio.high), high: 1 / (1 + ratio.low) },
  };
}
