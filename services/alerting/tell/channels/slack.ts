import { type AlertEvent } from '@leakwatch/contracts';
import { type SlackSettings } from './channel-settings.ts';
import { type Channel } from './channel.ts';
import { describeChange, headline, noticeLines, type NoticeSettings } from './notice.ts';
import { postJson } from './post-json.ts';

/**
 * A message of Block Kit for each change, through an incoming webhook (api.slack.com/messaging/webhooks). Slack knows no
 * idempotency key: the event's id stands in the message's context, for people to tell a repetition by.
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
    // What a phone's notification shows, where blocks are not drawn.
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

/** The three characters that Slack reads as its own: ids and names come from files, and may hold any. */
function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
