/** Queries over the leaks that people report. */
export { type LeakReport } from './queries/leak-report-row.ts';
export { addLeakReport, type LeakReportAddition, type NewLeakReport } from './queries/leak-report-add.ts';
export {
  eraseReportContacts,
  findAlertOfPost,
  isPostKnown,
  listInstancesOf,
  lockDueLeakReport,
  postponeLeakReport,
  putOffLeakReport,
  type DueLeakReport,
  type PostNames,
} from './queries/leak-report-settle.ts';
export {
  attachLeakReport,
  claimLeakReport,
  decideLeakReport,
  type LeakReportDecision,
} from './queries/leak-report-decide.ts';
export {
  countLeakReports,
  listLeakReports,
  lockLeakReportsByPrefix,
  type LeakReportCount,
  type LeakReportFilter,
} from './queries/leak-report-list.ts';
