import { type AlertChange, type AlertEvent } from '@leakwatch/contracts';
import { type Metrics } from '@leakwatch/runtime';

const TAKES_NOTICE: ReadonlySet<AlertChange> = new Set([
  'acknowledged',
  'investigating',
  'verdict-given',
  'merged',
]);

/** How long an alert had waited until somebody first took notice of it, where this change was that. */
export function countResponse(metrics: Metrics, { change, at, alert }: AlertEvent): void {
  if (!TAKES_NOTICE.has(change) || alert.acknowledgedAt !== at) return;
  const waitedMs = Date.parse(at) - Date.parse(alert.reopenedAt ?? alert.openedAt);
  metrics.alertResponse.observe(
    { tier: String(alert.tier), severity: alert.severity },
    Math.max(0, waitedMs) / 1000,
  );
}
