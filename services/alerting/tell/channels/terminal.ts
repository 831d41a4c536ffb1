import { type AlertEvent } from '@leakwatch/contracts';
import { type Channel } from './channel.ts';
import { printable } from './details.ts';
import { changeText, type WhoIsCalled } from './notice.ts';

export interface TerminalSettings {
  /** Takes a line without its line break. */
  readonly write: (line: string) => void;
  /** Whether the line may name creator and campaign: it stays in scroll-back and logs. */
  readonly details: boolean;
  /** Replaces {@link formatNotice}. */
  readonly format?: typeof formatNotice;
  /** The role that an escalation calls; null or absent: none is named. */
  readonly whoIsCalled?: WhoIsCalled;
}

/** Writes a line on the operator's terminal for each change of an alert. */
export function createTerminalChannel(settings: TerminalSettings): Channel {
  const { write, details, format = formatNotice, whoIsCalled } = settings;
  return {
    name: 'terminal',
    timeoutMs: 1_000,
    showsAll: true,
    deliver: (event) => {
      write(format(event, details, whoIsCalled));
      return Promise.resolve();
    },
  };
}

const ID_DIGITS = 8;

/** `2026-11-22T09:00:00.000Z  HIGH      tier 3  alert 1a2b3c4d  opened, act by 2026-11-22T10:00:00.000Z` */
export function formatNotice(
  { change, at, alert }: AlertEvent,
  details: boolean,
  whoIsCalled: WhoIsCalled = () => null,
): string {
  const level = alert.escalationLevel;
  const called = whoIsCalled(alert.tier, level);
  const escalation = change === 'escalated' ? { level, ...(called === null ? {} : { called }) } : {};
  const deadline = change === 'opened' ? `, act by ${alert.dueAt}` : '';
  const notice = [
    at,
    alert.severity.toUpperCase().padEnd(8),
    `tier ${alert.tier}`,
    `alert ${alert.id.slice(0, ID_DIGITS)}`,
    `${changeText(change, escalation)}${deadline}`,
  ];
  return [...notice, ...(details ? describeLeak(alert) : [])].join('  ');
}

function describeLeak({ creatorId, campaignId, occurrences }: AlertEvent['alert']): string[] {
  const evidence = occurrences.at(-1)?.detection.evidence;
  const matched =
    evidence === undefined ? '' : `${evidence.kind} “${evidence.matched}” (${evidence.how.join(', ')})`;
  return [creatorId, campaignId, matched].map(printable);
}
