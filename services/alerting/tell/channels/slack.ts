import { type AlertEvent } from '@leakwatch/contracts';
import { type SlackSettings } from './channel-settings.ts';
import { type Channel } from './channel.ts';
import { describeChange, headline, noticeLines, type NoticeSettings } from './notice.ts';
import { postJson } from './post-json.ts';

/**
 * Sends a Block Kit message for each change to an incoming webhook (api.slack.com/messaging/webhooks). Slack has no
 * idempotency key: the event's id stands in the context, so that people recognise a repetition.
 */
export function createSlackChannel(settings: SlackSettings, about: NoticeSettings): Channel {
  return {
    name: 'slack',
    timeoutMs: settings.timeoutMs,
    deliver: (event) => postJson(settings, JSON.stringify(slackMessage(event, about))),
  };
}

function slackMessage(event: AlertEvent, about: NoticeSettings) {
  const notice = describeChange(event, about);
  const text = headline(event.change, notice);
  return {
    // A phone's notification shows this, where blocks are not drawn.
    text: escapeMarkup(text),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text } },
      {
        type: 'section',
        fields: noticeLines(notice).map(([label, value]) => ({
          type: 'mrkdwn',
          text: `*${label}*\n${escapeMarkup(value)}`,
        })),
      },
      {
        type: 'actions',
        elements: [{ type: 'button', text: { type: 'plain_text', text: 'Open the alert' }, url: notice.url }],
      },
      {
        type: 'context',
        elements: [{ type: 'mrkdwn', text: `${event.at} · notice ${event.id.slice(0, 8)}` }],
      },
    ],
  };
}

/** Escapes the three characters that Slack interprets: ids and names come from files. */
function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
