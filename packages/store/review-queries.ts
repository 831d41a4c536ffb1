/** Queries over what was heard, what was drawn for review, and what a report counts. */
export { noteHeardAccounts, type HeardAccount } from './queries/note-heard-accounts.ts';
export { listHeardAccounts } from './queries/list-heard-accounts.ts';
export { listSourcePlatforms } from './queries/list-source-platforms.ts';
export { lockPostCounts, savePostCounts, type CreatorPostCount } from './queries/creator-post-count.ts';
export { type ReviewSample } from './queries/review-sample-row.ts';
export { addReviewSamples, renewReviewSamples, type NewReviewSample } from './queries/add-review-samples.ts';
export { listReviewSamples, type ReviewState } from './queries/list-review-samples.ts';
export { claimReviewSample } from './queries/claim-review-sample.ts';
export {
  decideReviewSample,
  findReviewSamples,
  type ReviewDecision,
} from './queries/decide-review-sample.ts';
export { loadAlertOutcomes, type AlertOutcome, type ReportScope } from './queries/load-alert-outcomes.ts';
export { loadSampleOutcomes, type SampleOutcome } from './queries/load-sample-outcomes.ts';
