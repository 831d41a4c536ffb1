export { nextDeadline, type Deadlines } from './life/deadlines.ts';
export { addOccurrence } from './queries/add-occurrence.ts';
export { countOpenAlerts } from './queries/count-open-alerts.ts';
export { listAlerts } from './queries/list-alerts.ts';
export { loadAlertLife, type LivingAlert } from './queries/load-alert-life.ts';
export { loadAlertStanding, type AlertStanding } from './queries/load-alert-standing.ts';
export { loadAlert } from './queries/load-alert.ts';
export { openAlert } from './queries/open-alert.ts';
