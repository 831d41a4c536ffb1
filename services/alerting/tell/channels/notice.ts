import { type Alert, type AlertChange, type AlertEvent, type Tier } from '@leakwatch/contracts';
import { detailsOf, type Detail, type Details } from './details.ts';

export interface NoticeSettings {
  /** The console that an analyst's links lead to. */
  readonly consoleUrl: string;
  /** The details it says beside opaque ids: none, unless the operator wants them. */
  readonly details: readonly Detail[];
  /** The role that a tier's chain calls at a level; null or absent: none is named. */
  readonly whoIsCalled?: WhoIsCalled;
}

export type WhoIsCalled = (tier: Tier, level: number) => string | null;

/**
 * The facts that every channel may say: enough to act, and nothing of the watch list unless the operator wants it.
 * People who may see more follow the link.
 */
export interface Notice extends Details {
  readonly alertId: string;
  readonly severity: string;
  readonly tier: number;
  readonly state: string;
  /** The deadline to acknowledge it. */
  readonly dueAt: string;
  readonly url: string;
  /** The level of an escalation; only of the change `escalated`. */
  readonly level?: number;
  /** The role called at that level, if the chain names one. */
  readonly called?: string;
  /** Only of a notice that tries a channel: that nothing has leaked. */
  readonly test?: string;
}

/** The alert of a notice that only tries a channel. No alert has this id. */
export const TEST_ALERT_ID = '7e57'.repeat(16);

export function describeAlert(alert: Alert, { consoleUrl, details }: NoticeSettings): Notice {
  return {
    alertId: alert.id,
    severity: alert.severity,
    tier: alert.tier,
    state: alert.state,
    dueAt: alert.dueAt,
    url: new URL(`alerts/${alert.id}`, consoleUrl.endsWith('/') ? consoleUrl : `${consoleUrl}/`).href,
    ...detailsOf(alert, details),
    ...(alert.id === TEST_ALERT_ID ? { test: 'nothing has leaked' } : {}),
  };
}

export function describeChange({ change, alert }: AlertEvent, settings: NoticeSettings): Notice {
  const notice = describeAlert(alert, settings);
  if (change !== 'escalated') return notice;
  const level = alert.escalationLevel;
  const called = settings.whoIsCalled?.(alert.tier, level) ?? null;
  return { ...notice, level, ...(called === null ? {} : { called }) };
}

/** The same facts in the order in which people read them, for channels that write sentences. */
export function noticeLines(notice: Notice): [label: string, value: string][] {
  const lines: [string, string | undefined][] = [
    ['Test', notice.test],
    ['Alert', notice.alertId.slice(0, ID_DIGITS)],
    ['Severity', notice.severity],
    ['Tier', String(notice.tier)],
    ['State', notice.state],
    ['Act by', notice.dueAt],
    ['Escalation level', notice.level?.toString()],
    ['Called', notice.called],
    ['Campaign', notice.campaignId],
    ['Creator', notice.creatorId],
    ['Matched', notice.match],
  ];
  return lines.flatMap(([label, value]) => (value === undefined ? [] : [[label, value]]));
}

/** `HIGH alert 1a2b3c4d: opened` */
export function headline(change: AlertChange, notice: Notice): string {
  const { alertId, severity, test } = notice;
  return `${test === undefined ? '' : `TEST, ${test}: `}${severity.toUpperCase()} alert ${alertId.slice(0, ID_DIGITS)}: ${changeText(change, notice)}`;
}

/** `opened`; `escalated to level 2, campaign lead` */
export function changeText(change: AlertChange, { level, called }: Pick<Notice, 'level' | 'called'>): string {
  const to = level === undefined ? '' : ` to level ${level}`;
  const who = called === undefined ? '' : `, ${called.slice(0, LONGEST_ROLE)}`;
  return `${CHANGES[change]}${to}${who}`;
}

/** Slack allows a headline of 150 characters. */
const LONGEST_ROLE = 60;

export const CHANGES: Readonly<Record<AlertChange, string>> = {
  opened: 'opened',
  'occurrence-added': 'found again',
  'content-removed': 'content removed',
  'verdict-given': 'verdict given',
  acknowledged: 'acknowledged',
  investigating: 'under investigation',
  snoozed: 'snoozed',
  'snooze-ended': 'snooze over',
  reopened: 'opened again',
  regressed: 'happened again after it was resolved',
  escalated: 'escalated',
  assigned: 'assigned',
  merged: 'merged into another',
  'severity-changed': 'severity changed',
  corrected: 'all posts corrected',
  reported: 'reported by somebody',
  undone: 'last change taken back',
};

/** As long as every command accepts for an id. */
const ID_DIGITS = 8;
