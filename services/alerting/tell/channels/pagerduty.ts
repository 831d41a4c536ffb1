import { type AlertChange, type AlertEvent, type Severity } from '@leakwatch/contracts';
import { CALLING_CHANGES } from '../queries/claim-deliveries.ts';
import { type PagerDutySettings } from './channel-settings.ts';
import { type Channel } from './channel.ts';
import { describeChange, headline, type NoticeSettings } from './notice.ts';
import { postJson } from './post-json.ts';

/**
 * Events API v2 (developer.pagerduty.com/docs/events-api-v2). The alert's id is the `dedup_key` of its incident, so
 * that a change told twice makes no second one.
 *
 * PagerDuty merges a trigger into the incident with the same key without calling anybody, even if it is acknowledged.
 * So a change that must call again, such as an escalation, opens an incident of its own: `<alert>/<number of the
 * call>`. An answer acknowledges all of them, and the end of the alert resolves all.
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

/** The incidents that a message is about, given the number of calls up to this change. */
function dedupKeys({ change, alert }: AlertEvent, action: Action, calls: number): string[] {
  const all = Array.from({ length: calls + 1 }, (_, call) => (call === 0 ? alert.id : `${alert.id}/${call}`));
  if (action === 'resolve' || ANSWERS.includes(change)) return all;
  // Other changes of an acknowledged alert must not silence a later call.
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

/** A change that calls again triggers, even after an acknowledgement. Any other repeats the alert's state. */
function actionOf({ change, alert }: AlertEvent): Action {
  if (alert.state === 'resolved') return 'resolve';
  if (isAmong(CALLING_CHANGES, change)) return 'trigger';
  return alert.state === 'open' && change !== 'snoozed' ? 'trigger' : 'acknowledge';
}
