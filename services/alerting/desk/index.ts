export {
  exportEvidence,
  extensionOf,
  type EvidenceManifest,
  type ManifestAsset,
  type ManifestEntry,
} from './evidence/export-evidence.ts';
export { type ShelvedFile } from './evidence/file-shelf.ts';
export { readMatchedAssets, type MatchedAsset } from './evidence/matched-assets.ts';
export { holdEvidence, releaseEvidence } from './evidence/hold-evidence.ts';
export { erase, planErasure, type ErasureResult } from './erasure/erase.ts';
export { findPostByAddress, type ErasureWish, type PostPlace } from './erasure/find-subject.ts';
export { AlertError, findAlert, type AlertErrorCode } from './find-alert.ts';
export { checkSilenced, loadKnownNames } from './known-names.ts';
export { changeAlert, type AlertChangeRequest, type AnalystMove } from './moves/change-alert.ts';
export { StaleAlertError } from './moves/stale-alert-error.ts';
export { undoMoves } from './moves/undo-moves.ts';
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
export { decideTip, type DecidedTip, type TipDecision } from './tips/decide-tip.ts';
export { nextTip } from './tips/next-tip.ts';
export { receiveTip, type ReceivedTip } from './tips/receive-tip.ts';
export { listDeliveries, type DeliveryState } from './queries/list-deliveries.ts';
export { listVerdicts } from './queries/list-verdicts.ts';
export { loadNewestMove, type NewestMove } from './queries/load-newest-move.ts';
export { endSilence } from './queries/end-silence.ts';
export { loadEvidenceHold } from './queries/evidence-hold.ts';
export { listEvidence, loadKeptBytes, type StoredEvidence } from './queries/evidence-list.ts';
export { countTips, listTips, type TipCount } from './queries/tip-list.ts';
export { type Tip } from './queries/tip-row.ts';
