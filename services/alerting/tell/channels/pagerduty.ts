import { type AlertChange, type AlertEvent, type Severity } from '@leakwatch/contracts';
import { CALLING_CHANGES } from '../queries/claim-deliveries.ts';
import { type PagerDutySettings } from './channel-settings.ts';
import { type Channel } from './channel.ts';
import { describeChange, headline, type NoticeSettings } from './notice.ts';
import { postJson } from './post-json.ts';

/**
 * By the Events API v2 (developer.pagerduty.com/docs/events-api-v2). The alert's id is the `dedup_key` of its incident, so that a
 * change told twice is no second one. PagerDuty merges a trigger into an incident of the same key without calling anybody, even
 * if that is acknowledged: whatever calls again, an escalation above all, is an incident of its own, `<alert>/<how manieth call>`.
 * Who answers has heard all of them, and the end of the alert is the end of all.
 */
export function createPagerDutyChannel(settings: PagerDutySettings, about: NoticeSettings): Channel {
  return {
    name: 'pagerduty',
    timeoutMs: settings.timeoutMs,
    deliver: async (event, telling) => {
      const message = pagerDutyEvent(event, about);
      const keys = dedupKeys(event, message.event_action, telling?.calls ?? 0);
      await Promise.all(
        keys.map((key) =>
          postJson(
            settings,
            JSON.stringify({ routing_key: settings.routingKey, dedup_key: key, ...message }),
          ),
        ),
      );
    },
  };
}

const SEVERITIES: Readonly<Record<Severity, string>> = {
  low: 'info',
  medium: 'warning',
  high: 'error',
  critical: 'critical',
};

const ANSWERS: readonly AlertChange[] = ['acknowledged', 'investigating', 'snoozed'];

/** The incidents that a message is about, of an alert that has called again so many times up to this change. */
function dedupKeys({ change, alert }: AlertEvent, action: Action, calls: number): string[] {
  const all = Array.from({ length: calls + 1 }, (_, call) => (call === 0 ? alert.id : `${alert.id}/${call}`));
  if (action === 'resolve' || ANSWERS.includes(change)) return all;
  // What merely happens to an alert that somebody has taken up must not silence a later call.
  return isAmong(CALLING_CHANGES, change) ? all.slice(-1) : all.slice(0, 1);
}

function isAmong(changes: readonly AlertChange[], change: AlertChange): boolean {
  return changes.includes(change);
}

function pagerDutyEvent(event: AlertEvent, about: NoticeSettings) {
  const { url, ...notice } = describeChange(event, about);
  const action = actionOf(event);
  if (action !== 'trigger') return { event_action: action };
  return {
    event_action: action,
    client: 'leakwatch',
    client_url: url,
    links: [{ href: url, text: 'Open the alert' }],
    payload: {
      summary: headline(event.change, { url, ...notice }),
      source: 'leakwatch',
      severity: SEVERITIES[event.alert.severity],
      timestamp: event.at,
      custom_details: notice,
    },
  };
}

type Action = 'trigger' | 'acknowledge' | 'resolve';

/** What calls again does so whoever has acknowledged; otherwise it stands there as it stands here. */
function actionOf({ change, alert }: AlertEvent): Action {
  if (alert.state === 'resolved') return 'resolve';
  if (isAmong(CALLING_CHANGES, change)) return 'trigger';
  return alert.state === 'open' && change !== 'snoozed' ? 'trigger' : 'acknowledge';
}
