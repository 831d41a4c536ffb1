/** Queries over re-scans, in the order of a job's life. */
export { createRescanJob, type NewRescanJob } from './queries/rescan-create-job.ts';
export { claimWatchedVersion, setWatchedVersion } from './queries/rescan-watched-version.ts';
export {
  countRescanJobs,
  listRescanJobs,
  loadRescanJob,
  type RescanJob,
  type RescanProgress,
} from './queries/rescan-list-jobs.ts';
export { lockWaitingJobs, type WaitingJob } from './queries/rescan-lock-waiting.ts';
export { RESCAN_CHANNEL, announceRescan } from './queries/rescan-announce.ts';
export { startRescanPass, type NewRescanPass, type PassRange } from './queries/rescan-start-pass.ts';
export { listOpenPasses, type OpenPass } from './queries/rescan-list-passes.ts';
export { loadPassPlace, type PassPlace } from './queries/rescan-load-place.ts';
export { recordRescanFindings, type NewFinding } from './queries/rescan-record-findings.ts';
export { listStandingAlerts, type StandingAlert } from './queries/rescan-list-standing.ts';
export { recordRescanProgress, type JobCount } from './queries/rescan-record-progress.ts';
export { finishRescanPasses } from './queries/rescan-finish-passes.ts';
export { changeRescanState, failRescanJob } from './queries/rescan-change-state.ts';
export { listRescanFindings, type RescanFinding } from './queries/rescan-list-findings.ts';
export { loadLastRescan } from './queries/rescan-load-last-success.ts';
export { loadRescanRate } from './queries/rescan-load-rate.ts';
