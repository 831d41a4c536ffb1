export { backtest, type Backtest, type LabelledPrecision } from './backtest/backtest.ts';
export { assessCoverage, type CoverageInput } from './coverage/assess-coverage.ts';
export { countCoverage, countCoverageByTier, type CoverageCount } from './coverage/count-coverage.ts';
export { loadCoverage, type CoverageOptions } from './coverage/load-coverage.ts';
export { readStanding } from './read-standing.ts';
export { loadPrecision } from './report/load-precision.ts';
export { loadReport, type ReportOptions } from './report/load-report.ts';
export { makeReport, type ReportInput } from './report/make-report.ts';
export { measureResponse } from './report/measure-times.ts';
export { type Precision } from './report/measure-precision.ts';
export { rankByNearness, type RankedCampaign, type Rankable } from './sampling/nearness/rank-by-nearness.ts';
export { attentionAt, attentionBy, type Attention, type AttentionSpan } from './sampling/attention.ts';
export { drawPost, type Draw, type Drawable } from './sampling/draw-post.ts';
export {
  decideSample,
  nextSample,
  ReviewError,
  type DecidedSample,
  type ReviewOrder,
  type SampleDecision,
} from './sampling/review-samples.ts';
export { samplingPolicy, type SamplingPolicy, type SamplingSettings } from './sampling/sampling-policy.ts';
export { addReviewSamples } from './queries/add-review-samples.ts';
export { loadPostCounts } from './queries/creator-post-count.ts';
export { listReviewSamples, type ReviewState } from './queries/list-review-samples.ts';
export { loadAlertOutcomes, type AlertOutcome, type ReportScope } from './queries/load-alert-outcomes.ts';
export { loadCanaryState, type CanaryState } from './queries/load-canary-state.ts';
export { loadSampleOutcomes, type SampleOutcome } from './queries/load-sample-outcomes.ts';
export { type ReviewSample } from './queries/review-sample-row.ts';
