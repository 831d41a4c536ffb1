import { SeveritySchema, type AlertEvent } from '@leakwatch/contracts';
import { type AlertmanagerSettings } from './channel-settings.ts';
import { type Channel } from './channel.ts';
import { describeChange, headline, type NoticeSettings } from './notice.ts';
import { postJson } from './post-json.ts';

/** Alertmanager drops what nobody repeats; this stands until it is told to end, or for so long after its last change. */
const STANDS_MS = 365 * 24 * 3_600_000;

/**
 * An alert of Prometheus' Alertmanager for each of ours, by its API v2 (`POST /api/v2/alerts`). Its labels are what it is known by,
 * so that the same change told twice is one alert.
 */
export function createAlertmanagerChannel(settings: AlertmanagerSettings, about: NoticeSettings): Channel {
  const url = new URL('api/v2/alerts', settings.url.endsWith('/') ? settings.url : `${settings.url}/`).href;
  return {
    name: 'alertmanager',
    timeoutMs: settings.timeoutMs,
    deliver: (event) =>
      postJson({ url, timeoutMs: settings.timeoutMs }, JSON.stringify(alertsOf(event, about))),
  };
}

/** The alert by the severity that it has, and its end by any other: a label that changes makes another alert there. */
function alertsOf(event: AlertEvent, about: NoticeSettings) {
  const { change, at, alert } = event;
  const { url, campaignId, creatorId, ...notice } = describeChange(event, about);
  const isOver = alert.state === 'resolved';
  const standsUntil = new Date(Date.parse(at) + STANDS_MS).toISOString();
  return SeveritySchema.options
    .filter((severity) => severity === alert.severity || change === 'severity-changed' || isOver)
    .map((severity) => ({
      labels: {
        alertname: 'LeakwatchAlert',
        alert_id: alert.id,
        severity,
        ...(campaignId === undefined ? {} : { campaign: campaignId }),
        ...(creatorId === undefined ? {} : { creator: creatorId }),
      },
      annotations: {
        summary: headline(change, { url, ...notice }),
        tier: String(notice.tier),
        state: notice.state,
        due_at: notice.dueAt,
        ...(notice.level === undefined ? {} : { level: String(notice.level) }),
      },
      startsAt: alert.openedAt,
      endsAt: !isOver && severity === alert.severity ? standsUntil : at,
      generatorURL: url,
    }));
}
