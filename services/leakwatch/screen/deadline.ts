import { nextDeadline, type Deadlines } from '@leakwatch/alerting/incidents';
import { formatDuration } from './format.ts';

/** `to acknowledge in 4 min`, `to resolve: 2.1 h late`; nothing for a resolved alert. */
export function describeDeadline(alert: Deadlines<Date | string>, now: Date): string {
  if (alert.state === 'resolved') return '';
  const what = alert.state === 'open' ? 'acknowledge' : 'resolve';
  const at = nextDeadline(alert);
  if (at === null) return `to ${what}`;
  const leftMs = new Date(at).getTime() - now.getTime();
  return leftMs >= 0
    ? `to ${what} in ${formatDuration(leftMs)}`
    : `to ${what}: ${formatDuration(-leftMs)} late`;
}
