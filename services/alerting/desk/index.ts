export { exportEvidence, type EvidenceManifest, type ManifestEntry } from './evidence/export-evidence.ts';
export { type ShelvedFile } from './evidence/file-shelf.ts';
export { holdEvidence, releaseEvidence } from './evidence/hold-evidence.ts';
export { AlertError, findAlert, type AlertErrorCode } from './find-alert.ts';
export { changeAlert, type AlertChangeRequest, type AnalystMove } from './moves/change-alert.ts';
export { giveVerdict, type VerdictRequest } from './moves/give-verdict.ts';
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
export { silence, type SilenceRequest } from './silences.ts';
export { readTimeline, type TimelineEntry } from './timeline.ts';
export { decideReport, type DecidedReport, type ReportDecision } from './tips/decide-report.ts';
export { nextReport } from './tips/next-report.ts';
export { receiveReport, type ReceivedReport } from './tips/receive-report.ts';
export { endSilence } from './queries/end-silence.ts';
export { loadEvidenceHold } from './queries/evidence-hold.ts';
export { listEvidence, loadKeptBytes, type StoredEvidence } from './queries/evidence-list.ts';
export { countLeakReports, listLeakReports, type LeakReportCount } from './queries/leak-report-list.ts';
export { type LeakReport } from './queries/leak-report-row.ts';
