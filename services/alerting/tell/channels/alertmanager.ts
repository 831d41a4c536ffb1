import { SeveritySchema, type AlertEvent } from '@leakwatch/contracts';
import { type AlertmanagerSettings } from './channel-settings.ts';
import { type Channel } from './channel.ts';
import { describeChange, headline, type NoticeSettings } from './notice.ts';
import { postJson } from './post-json.ts';

/** So long an alert stands after it was last told: through an evening on which nobody repeats it, and not for ever. */
const STANDS_MS = 24 * 3_600_000;

/**
 * An alert of Prometheus' Alertmanager for each of ours, by its API v2 (`POST /api/v2/alerts`). Its labels are what it is known by,
 * so that the same change told twice is one alert: they hold nothing that a setting adds or an alert changes but its severity.
 * Alertmanager keeps alerts in memory only, and ends those that nobody repeats (prometheus.io/docs/alerting/latest/clients).
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

/** The alert by the severity that it has, and its end by any other: a label that changes makes another alert there. */
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

/** Alertmanager goes by its own clock, whatever the alert's instants say. */
function standsUntil({ at }: AlertEvent, { repeatEveryMs }: AlertmanagerSettings): string {
  const from = Math.max(Date.now(), Date.parse(at));
  return new Date(from + Math.max(STANDS_MS, 4 * repeatEveryMs)).toISOString();
}
