import { SeveritySchema, type AlertEvent } from '@leakwatch/contracts';
import { type AlertmanagerSettings } from './channel-settings.ts';
import { type Channel } from './channel.ts';
import { describeChange, headline, type NoticeSettings } from './notice.ts';
import { postJson } from './post-json.ts';

/** How long an alert stands after it was last repeated: through a short outage of ours, and not for ever. */
const STANDS_MS = 24 * 3_600_000;

/**
 * Makes an alert of Prometheus' Alertmanager of each of ours, by its API v2 (`POST /api/v2/alerts`). Its labels are its
 * identity there, so that a change told twice stays one alert. Only the severity among them ever changes.
 *
 * Alertmanager keeps alerts in memory and ends those that are not repeated
 * (prometheus.io/docs/alerting/latest/clients).
 */
export function createAlertmanagerChannel(settings: AlertmanagerSettings, about: NoticeSettings): Channel {
  const url = new URL('api/v2/alerts', settings.url.endsWith('/') ? settings.url : `${settings.url}/`).href;
  return {
    name: 'alertmanager',
    timeoutMs: settings.timeoutMs,
    repeatEveryMs: settings.repeatEveryMs,
    deliver: (event) =>
      postJson(
        { url, timeoutMs: settings.timeoutMs },
        JSON.stringify(alertsOf(event, about, standsUntil(event, settings))),
      ),
  };
}

/** The alert under its current severity, and its end under every other: a changed label makes another alert there. */
function alertsOf(event: AlertEvent, about: NoticeSettings, endsAt: string) {
  const { change, at, alert } = event;
  const { url, campaignId, creatorId, match, ...notice } = describeChange(event, about);
  const isOver = alert.state === 'resolved';
  return SeveritySchema.options
    .filter((severity) => severity === alert.severity || change === 'severity-changed' || isOver)
    .map((severity) => ({
      labels: {
        alertname: 'LeakwatchAlert',
        alert_id: alert.id,
        severity,
      },
      annotations: {
        summary: headline(change, { url, ...notice }),
        tier: String(notice.tier),
        state: notice.state,
        due_at: notice.dueAt,
        ...(notice.level === undefined ? {} : { level: String(notice.level) }),
        ...(notice.called === undefined ? {} : { called: notice.called }),
        ...(campaignId === undefined ? {} : { campaign: campaignId }),
        ...(creatorId === undefined ? {} : { creator: creatorId }),
        ...(match === undefined ? {} : { match }),
      },
      startsAt: alert.openedAt,
      endsAt: !isOver && severity === alert.severity ? endsAt : at,
      generatorURL: url,
    }));
}

/** Alertmanager goes by its own clock, not by the alert's instants. */
function standsUntil({ at }: AlertEvent, { repeatEveryMs }: AlertmanagerSettings): string {
  const from = Math.max(Date.now(), Date.parse(at));
  return new Date(from + Math.max(STANDS_MS, 4 * repeatEveryMs)).toISOString();
}
