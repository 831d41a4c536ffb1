/** Queries over alerts, in the order of an alert's life. */
export { lockCreator } from './queries/lock-creator.ts';
export { findOccurrence } from './queries/find-occurrence.ts';
export { findEpisode, type FoundEpisode, type FoundIncident } from './queries/find-episode.ts';
export { openAlert, type NewAlert } from './queries/open-alert.ts';
export { type AlertLife } from './queries/alert-life-row.ts';
export { loadAlertLife, type LivingAlert } from './queries/load-alert-life.ts';
export {
  LEAKWATCH,
  saveAlertLife,
  type AlertLifeChange,
  type Transition,
} from './queries/save-alert-life.ts';
export { addOccurrence, type Removal } from './queries/add-occurrence.ts';
export {
  listAlertsToAdvance,
  tryLockEscalation,
  type AlertToAdvance,
} from './queries/list-alerts-to-advance.ts';
export { addSilence, type NewSilence } from './queries/add-silence.ts';
export { endSilence } from './queries/end-silence.ts';
export { listSilences } from './queries/list-silences.ts';
export { type Silence } from './queries/silence-row.ts';
export { listTransitions, type RecordedTransition } from './queries/list-transitions.ts';
export { forgetSuppressed, saveSuppression, type Suppression } from './queries/save-suppression.ts';
export {
  listJudgedDetections,
  type JudgedDetection,
  type JudgedFilter,
} from './queries/list-judged-detections.ts';
export { listSuppressions, type RecordedSuppression } from './queries/list-suppressions.ts';
export { loadScannedRevision, type ScannedRevision } from './queries/load-scanned-revision.ts';
export { saveScannedRevision } from './queries/save-scanned-revision.ts';
export { listStandingOccurrences, type StandingOccurrence } from './queries/list-standing-occurrences.ts';
export { markRemoved } from './queries/mark-removed.ts';
export { settleCorrection } from './queries/settle-correction.ts';
export {
  addResponseAct,
  listResponseActs,
  type AnalystAct,
  type ResponseAct,
} from './queries/response-acts.ts';
export {
  ALERT_OUTBOX_CHANNEL,
  appendAlertEvent,
  OCCURRENCES_IN_EVENT,
  type NewAlertEvent,
} from './queries/append-alert-event.ts';
export { claimAlertEvents, type ClaimedEvent } from './queries/claim-alert-events.ts';
export { finishAlertEvents, type PublishedEvent } from './queries/finish-alert-events.ts';
export { CALLING_CHANGES, claimDeliveries, type Delivery } from './queries/claim-deliveries.ts';
export { repeatDeliveries } from './queries/repeat-deliveries.ts';
export { finishDelivery, type DeliveryOutcome } from './queries/finish-delivery.ts';
export { makeDigests, type DigestPeriods } from './queries/make-digests.ts';
export { type DigestedRescan } from './queries/list-digested-rescans.ts';
export { claimDigest, type ClaimedDigest } from './queries/claim-digest.ts';
export { finishDigest } from './queries/finish-digest.ts';
export { listNotices, type NoticeFilter, type NoticeState } from './queries/list-notices.ts';
export { retryNotices } from './queries/retry-notices.ts';
export { listDeliveries, type DeliveryState } from './queries/list-deliveries.ts';
export { findAlertsByPrefix, type FoundAlert } from './queries/find-alerts-by-prefix.ts';
export { redirectDuplicates } from './queries/redirect-duplicates.ts';
export { addVerdict } from './queries/add-verdict.ts';
export { listVerdicts } from './queries/list-verdicts.ts';
export { loadAlert } from './queries/load-alert.ts';
export { listAlerts, type AlertFilter } from './queries/list-alerts.ts';
export { countOpenAlerts, type OpenAlertCount } from './queries/count-open-alerts.ts';
export {
  loadPrecision,
  type Precision,
  type PrecisionGroup,
  type PrecisionReport,
} from './queries/load-precision.ts';
