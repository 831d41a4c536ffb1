import { messageOf } from '@leakwatch/runtime';
import { createTransport } from 'nodemailer';
import { type EmailSettings } from './channel-settings.ts';
import { DeliveryError, type Channel, type Digest } from './channel.ts';
import {
  CHANGES,
  describeAlert,
  describeChange,
  headline,
  noticeLines,
  type NoticeSettings,
} from './notice.ts';

/** The rest is counted: a mail is for reading, and the console has them all. */
const ALERTS_IN_DIGEST = 200;

/**
 * A mail for each change, and a digest of what could wait. `Message-ID` is made of the event's id and stays the same when it
 * is sent again; all mails of an alert are one thread.
 */
export function createEmailChannel(settings: EmailSettings, about: NoticeSettings): Channel {
  const transport = createTransport({
    url: settings.smtpUrl,
    connectionTimeout: settings.timeoutMs,
    greetingTimeout: settings.timeoutMs,
    socketTimeout: settings.timeoutMs,
  });
  const { from, to } = settings;
  const send = async (mail: Mail) => {
    try {
      await transport.sendMail({ from, to, ...mail });
    } catch (error) {
      throw new DeliveryError(withoutAnswer(error), error);
    }
  };
  return {
    name: 'email',
    timeoutMs: settings.timeoutMs,
    deliver: (event) => {
      const notice = describeChange(event, about);
      const facts = noticeLines(notice).map(([label, value]) => `${label}: ${value}`);
      return send({
        messageId: `<${event.id}@leakwatch>`,
        references: `<${event.alert.id}@leakwatch>`,
        subject: headline(event.change, notice),
        text: [...facts, '', notice.url, ''].join('\n'),
      });
    },
    deliverDigest: (digest) =>
      send({
        messageId: `<${digest.id}@leakwatch>`,
        subject: `Leakwatch digest: ${digest.alerts.length} alerts`,
        text: digestText(digest, about),
      }),
  };
}

interface Mail {
  readonly messageId: string;
  readonly references?: string;
  readonly subject: string;
  readonly text: string;
}

function digestText({ endsAt, alerts }: Digest, about: NoticeSettings): string {
  const shown = alerts.slice(0, ALERTS_IN_DIGEST).map(({ alert, changes }) => {
    const notice = describeAlert(alert, about);
    const facts = noticeLines(notice).map(([label, value]) => `${label}: ${value}`);
    return [facts.join(', '), changes.map((change) => CHANGES[change]).join(', '), notice.url].join('\n');
  });
  const more = alerts.length - shown.length;
  return [
    `What happened until ${endsAt.toISOString()} and could wait:`,
    ...shown,
    ...(more > 0 ? [`and ${more} more`] : []),
    '',
  ].join('\n\n');
}

/** A server's own words may repeat addresses, a login or the text: the code says what went wrong. */
function withoutAnswer(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  const status = error instanceof Error && 'responseCode' in error ? ` ${String(error.responseCode)}` : '';
  return code === null ? messageOf(error) : `SMTP ${code}${status}`;
}
