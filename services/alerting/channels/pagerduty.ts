import { type AlertEvent, type Severity } from '@leakwatch/contracts';
import { type PagerDutySettings } from './channel-settings.ts';
import { type Channel } from './channel.ts';
import { describeChange, headline, type NoticeSettings } from './notice.ts';
import { postJson } from './post-json.ts';

/**
 * One PagerDuty incident an alert, by the Events API v2 (developer.pagerduty.com/docs/events-api-v2): the alert's id is the
 * `dedup_key`, so that a change told twice is no second incident.
 */
export function createPagerDutyChannel(settings: PagerDutySettings, about: NoticeSettings): Channel {
  return {
    name: 'pagerduty',
    timeoutMs: settings.timeoutMs,
    deliver: (event) => postJson(settings, JSON.stringify(pagerDutyEvent(event, settings.routingKey, about))),
  };
}

const SEVERITIES: Readonly<Record<Severity, string>> = {
  low: 'info',
  medium: 'warning',
  high: 'error',
  critical: 'critical',
};

function pagerDutyEvent(event: AlertEvent, routingKey: string, about: NoticeSettings) {
  const { url, ...notice } = describeChange(event, about);
  const action = actionOf(event);
  const subject = { routing_key: routingKey, dedup_key: event.alert.id, event_action: action };
  if (action !== 'trigger') return subject;
  return {
    ...subject,
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

/** An escalation calls again, whoever has acknowledged; otherwise it stands there as it stands here. */
function actionOf({ change, alert }: AlertEvent): 'trigger' | 'acknowledge' | 'resolve' {
  if (alert.state === 'resolved') return 'resolve';
  if (change === 'escalated') return 'trigger';
  return alert.state === 'open' && change !== 'snoozed' ? 'trigger' : 'acknowledge';
}
