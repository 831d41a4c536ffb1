export { createRescan, type RescanApp, type RescanOptions } from './app.ts';
export { loadRescanConfig, type RescanConfig } from './config.ts';
export { openJobQueue, type JobQueue } from './job-queue.ts';
export { checkRequest, estimateRescan, requestRescan, type RescanEstimate } from './request-rescan.ts';
export { RescanError } from './rescan-error.ts';
export { checkCron, scheduleSeconds } from './schedule.ts';
export { changeRescan, type RescanChange } from './change-rescan.ts';
