import { type Alert, type AlertChange, type AlertEvent, type Tier } from '@leakwatch/contracts';
import { detailsOf, type Detail, type Details } from './details.ts';

export interface NoticeSettings {
  /** Where an analyst's links lead. */
  readonly consoleUrl: string;
  /** What they say beside the opaque: nothing, unless the operator wants it. */
  readonly details: readonly Detail[];
  /** Who hears of an alert of a tier at a level of its chain; null or absent: the ruleset names nobody. */
  readonly whoIsCalled?: WhoIsCalled;
}

export type WhoIsCalled = (tier: Tier, level: number) => string | null;

/**
 * What every channel may say of an alert: enough to act, and nothing of the watch list unless the operator wants it.
 * Whoever may see more follows the link.
 */
export interface Notice extends Details {
  readonly alertId: string;
  readonly severity: string;
  readonly tier: number;
  readonly state: string;
  /** By when somebody should have acknowledged it. */
  readonly dueAt: string;
  readonly url: string;
  /** How far up the chain it has gone; of the change `escalated`. */
  readonly level?: number;
  /** Who is called at that level, where the chain says. */
  readonly called?: string;
}

export function describeAlert(alert: Alert, { consoleUrl, details }: NoticeSettings): Notice {
  return {
    alertId: alert.id,
    severity: alert.severity,
    tier: alert.tier,
    state: alert.state,
    dueAt: alert.dueAt,
    url: new URL(`alerts/${alert.id}`, consoleUrl.endsWith('/') ? consoleUrl : `${consoleUrl}/`).href,
    ...detailsOf(alert, details),
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
  const { alertId, severity } = notice;
  return `${severity.toUpperCase()} alert ${alertId.slice(0, ID_DIGITS)}: ${changeText(change, notice)}`;
}

/** `opened`; `escalated to level 2, campaign lead` */
export function changeText(change: AlertChange, { level, called }: Pick<Notice, 'level' | 'called'>): string {
  const to = level === undefined ? '' : ` to level ${level}`;
  const who = called === undefined ? '' : `, ${called.slice(0, LONGEST_ROLE)}`;
  return `${CHANGES[change]}${to}${who}`;
}

/** A headline has to fit where Slack allows 150 characters. */
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
};

/** As many as every command takes for an id. */
const ID_DIGITS = 8;
