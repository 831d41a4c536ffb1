import { SeveritySchema, type Alert, type Occurrence, type Severity } from '@leakwatch/contracts';
import { describeDeadline } from './deadline.ts';
import { formatDuration, formatSeverity, formatTable, printable } from './format.ts';

const SHORT_ID = 8;

/** Sorts by severity, highest first; equals keep their order. */
export function mostSevereFirst(alerts: readonly Alert[]): Alert[] {
  return alerts.toSorted((a, b) => rankOf(b.severity) - rankOf(a.severity));
}

function rankOf(severity: Severity): number {
  return SeveritySchema.options.indexOf(severity);
}

/** Formats a table of alerts in the given order. */
export function formatAlerts(alerts: readonly Alert[]): string {
  return formatTable(
    ['id', 'severity', 'tier', 'creator', 'campaign', 'what matched', 'how', 'latency', 'state'],
    alerts.map((alert) => [
      alert.id.slice(0, SHORT_ID),
      formatSeverity(alert.severity),
      String(alert.tier),
      printable(alert.creatorId, 24),
      printable(alert.campaignId, 20),
      describeMatches(alert.occurrences),
      describeHow(alert.occurrences),
      formatDuration(alert.detectionLatencyMs),
      describeState(alert),
    ]),
  );
}

/** Formats the analysts' queue in the given order. Creators are shown only with details. */
export function formatQueue(
  alerts: readonly Alert[],
  { now, details }: { now: Date; details: boolean },
): string {
  const head = ['id', 'severity', 'tier', 'state', 'time left', 'level', 'whose', 'posts'];
  return formatTable(
    details ? [...head, 'creator', 'campaign', 'what matched'] : head,
    alerts.map((alert) => [
      alert.id.slice(0, SHORT_ID),
      formatSeverity(alert.severity),
      String(alert.tier),
      alert.resolution === null ? describeState(alert) : `${describeState(alert)}, ${alert.resolution}`,
      describeTimeLeft(alert, now),
      alert.escalationLevel === 0 ? '' : `↑${alert.escalationLevel}`,
      printable(alert.assignee ?? '', 16),
      String(new Set(alert.occurrences.map(({ detection: { post } }) => post.threadId)).size),
      ...(details
        ? [
            printable(alert.creatorId, 24),
            printable(alert.campaignId, 20),
            describeMatches(alert.occurrences),
          ]
        : []),
    ]),
  );
}

function describeTimeLeft(alert: Alert, now: Date): string {
  if (alert.snoozedUntil !== null) return `snoozed until ${alert.snoozedUntil}`;
  return describeDeadline(alert, now);
}

/** Names the first match, and counts the others. */
function describeMatches(occurrences: readonly Occurrence[]): string {
  const matches = occurrences.map(({ detection: { evidence } }) =>
    evidence.kind === 'term'
      ? `“${printable(evidence.matched, 26)}”`
      : `picture of ${printable(evidence.itemId, 20)}`,
  );
  const [first = ''] = matches;
  const others = new Set(matches).size - 1;
  return others === 0 ? first : `${first} +${others}`;
}

/** Says how the first one matched. */
function describeHow([first]: readonly Occurrence[]): string {
  return printable(first?.detection.evidence.how.join(', ') ?? '', 28);
}

function describeState(alert: Alert): string {
  const removed = alert.occurrences.every((occurrence) => occurrence.removedAt !== null);
  return removed ? `${alert.state}, taken down` : alert.state;
}
