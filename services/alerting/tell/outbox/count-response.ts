import { type AlertChange, type AlertEvent } from '@leakwatch/contracts';
import { type Metrics } from '@leakwatch/runtime';
import { ANSWERS } from '../../incidents/life/alert-life.ts';

const TAKES_NOTICE: ReadonlySet<AlertChange> = new Set(ANSWERS);

/** Observes how long an alert waited for its first answer, if this change was that answer. */
export function countResponse(metrics: Metrics, { change, at, alert }: AlertEvent): void {
  if (!TAKES_NOTICE.has(change) || alert.acknowledgedAt !== at) return;
  const waitedMs = Date.parse(at) - Date.parse(alert.reopenedAt ?? alert.openedAt);
  metrics.alertResponse.observe(
    { tier: String(alert.tier), severity: alert.severity },
    Math.max(0, waitedMs) / 1000,
  );
}
