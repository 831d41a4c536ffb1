import { type AlertLife } from '../../incidents/queries/alert-life-row.ts';

const OPENED_AT = new Date('2026-11-20T09:00:00.000Z');

/** An instant so many minutes after the alerts of {@link openLife} opened. */
export function minute(after: number): Date {
  return new Date(OPENED_AT.getTime() + after * 60_000);
}

/** An alert just opened: 30 minutes to acknowledge it, 240 to resolve it. */
export function openLife(changed: Partial<AlertLife> = {}): AlertLife {
  return {
    state: 'open',
    resolution: null,
    resolvedAt: null,
    duplicateOf: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    dueAt: minute(30),
    resolveDueAt: minute(240),
    minutesToAct: 30,
    minutesToResolve: 240,
    snoozedUntil: null,
    assignee: null,
    escalationLevel: 0,
    escalatesAt: minute(30),
    reopenedAt: null,
    regressions: 0,
    severity: 'medium',
    severityReasons: ['40 rule level medium'],
    ruleId: 'a-rule',
    rulesetHash: 'a'.repeat(64),
    violation: 'early-post',
    ...changed,
  };
}
