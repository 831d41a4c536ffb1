export { createAlerting, type AlertingApp, type AlertingOptions } from './app.ts';
export { DeliveryError, type Channel } from './channels/channel.ts';
export { assessCoverage, type CoverageInput } from './coverage/assess-coverage.ts';
export { loadCoverage, type CoverageOptions } from './coverage/load-coverage.ts';
export { formatNotice, type TerminalSettings } from './channels/terminal.ts';
export { type WebhookPayload } from './channels/webhook.ts';
export { DEFAULT_DELIVERY, loadAlertingConfig, type AlertingConfig } from './config.ts';
export { exportEvidence, type EvidenceManifest, type ManifestEntry } from './evidence/export-evidence.ts';
export { holdEvidence, releaseEvidence } from './evidence/hold-evidence.ts';
export { type ShelvedFile } from './evidence/file-shelf.ts';
export { changeAlert, type AlertChangeRequest, type AnalystMove } from './life/change-alert.ts';
export { AlertError, findAlert, type AlertErrorCode } from './life/find-alert.ts';
export { readTimeline, type TimelineEntry } from './life/timeline.ts';
export { decideReport, type DecidedReport, type ReportDecision } from './reports/decide-report.ts';
export { nextReport } from './reports/next-report.ts';
export { receiveReport, type ReceivedReport } from './reports/receive-report.ts';
export { loadReport, type ReportOptions } from './numbers/load-report.ts';
export { makeReport, type ReportInput } from './numbers/make-report.ts';
export { readStanding } from './numbers/read-standing.ts';
export { loadPlaybooks, type Playbook } from './playbooks/load-playbooks.ts';
export {
  checkItem,
  loadResponse,
  noteSent,
  type ItemCheck,
  type ResponseOptions,
  type SentMessage,
} from './playbooks/record-response.ts';
export { type AlertResponse, type Correction } from './playbooks/respond-to.ts';
export { attentionAt, type Attention, type AttentionSpan } from './sampling/attention.ts';
export { drawPost, type Draw, type Drawable } from './sampling/draw-post.ts';
export {
  decideSample,
  nextSample,
  ReviewError,
  type DecidedSample,
  type SampleDecision,
} from './sampling/review-samples.ts';
export { samplingPolicy, type SamplingPolicy, type SamplingSettings } from './sampling/sampling-policy.ts';
export { silence, type SilenceRequest } from './silences.ts';
export { giveVerdict, type VerdictRequest } from './verdicts/give-verdict.ts';
export { backtest, type Backtest, type LabelledPrecision } from './rules/backtest.ts';
export { loadBuiltInRuleset, loadRuleset } from './rules/load-ruleset.ts';
export { pinTier, TierError, unpinTier, type PinRequest } from './tiers/pin-tier.ts';
