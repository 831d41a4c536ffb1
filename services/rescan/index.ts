export { createRescan, type RescanApp, type RescanOptions } from './app.ts';
export { loadRescanConfig, type RescanConfig } from './config.ts';
export { changeRescan, type RescanChange } from './jobs/change-rescan.ts';
export { openJobQueue, type JobQueue } from './jobs/job-queue.ts';
export { checkRequest, estimateRescan, requestRescan, type RescanEstimate } from './jobs/request-rescan.ts';
export { RescanError } from './jobs/rescan-error.ts';
export { checkCron, nextTime } from './jobs/schedule.ts';
export { loadSchedule } from './jobs/queries/load-schedule.ts';
export {
  countRescanJobs,
  listRescanJobs,
  loadRescanJob,
  type RescanJob,
  type RescanProgress,
} from './jobs/queries/list-jobs.ts';
export { loadLastRescan } from './jobs/queries/load-last-rescan.ts';
export { listRescanFindings, type RescanFinding } from './passes/queries/list-findings.ts';
