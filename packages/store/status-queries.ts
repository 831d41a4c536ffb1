/** What `leakwatch status` asks. */
export { loadAlertStanding, type AlertStanding } from './queries/load-alert-standing.ts';
export { loadChannelStanding, type ChannelStanding } from './queries/load-channel-standing.ts';
export {
  deleteProcessReport,
  forgetProcessReports,
  listProcessReports,
  saveProcessReport,
  type OwnProcessReport,
  type ProcessReport,
  type ProcessStanding,
} from './queries/process-report.ts';
