import { messageOf } from '@leakwatch/runtime';
import { createTransport } from 'nodemailer';
import addressparser from 'nodemailer/lib/addressparser';
import { type EmailSettings } from './channel-settings.ts';
import { DeliveryError, type Channel, type Digest } from './channel.ts';
import { readRefusals, recipientId, settleRecipients } from './email-recipients.ts';
import {
  CHANGES,
  describeAlert,
  describeChange,
  headline,
  noticeLines,
  type NoticeSettings,
} from './notice.ts';

/** Further alerts are only counted: a mail is for reading, and the console has them all. */
const ALERTS_IN_DIGEST = 200;

/**
 * Sends a mail for each change, and digests. `Message-ID` comes from the event's id and stays the same when it is sent
 * again; all mails of an alert form one thread. If a server refuses some of the recipients, only those are tried again.
 */
export function createEmailChannel(settings: EmailSettings, about: NoticeSettings): Channel {
  const transport = createTransport({
    url: settings.smtpUrl,
    connectionTimeout: settings.timeoutMs,
    greetingTimeout: settings.timeoutMs,
    socketTimeout: settings.timeoutMs,
  });
  const { from, to } = settings;
  const everybody = addressparser(to, { flatten: true }).map(({ address }) => address);
  const send = async (mail: Mail, reached: readonly string[] = []) => {
    const recipients = everybody.filter((address) => !reached.includes(recipientId(address)));
    if (recipients.length === 0) return;
    const answer = await transport
      .sendMail({ from, to, ...mail, envelope: { from, to: recipients } })
      .catch((error: unknown) => {
        // No recipient got it: the server may be set up wrong, or the addresses.
        if (reached.length === 0) throw new DeliveryError(withoutAnswer(error), error);
        const refusals = readRefusals(error);
        if (refusals.length < recipients.length) throw new DeliveryError(withoutAnswer(error), error);
        return { accepted: [], rejectedErrors: refusals };
      });
    settleRecipients({ everybody, reached, accepted: answer.accepted, refusals: readRefusals(answer) });
  };
  return {
    name: 'email',
    timeoutMs: settings.timeoutMs,
    deliver: (event, telling) => {
      const notice = describeChange(event, about);
      const facts = noticeLines(notice).map(([label, value]) => `${label}: ${value}`);
      const mail = {
        messageId: `<${event.id}@leakwatch>`,
        references: `<${event.alert.id}@leakwatch>`,
        subject: headline(event.change, notice),
        text: [...facts, '', notice.url, ''].join('\n'),
      };
      return send(mail, telling?.reached);
    },
    deliverDigest: (digest, telling) => {
      const mail = {
        messageId: `<${digest.id}@leakwatch>`,
        subject: `Leakwatch digest: ${digestSubject(digest)}`,
        text: digestText(digest, about),
      };
      return send(mail, telling?.reached);
    },
  };
}

interface Mail {
  readonly messageId: string;
  readonly references?: string;
  readonly subject: string;
  readonly text: string;
}

/** `3 alerts, 1 re-scan` */
function digestSubject({ alerts, rescans }: Digest): string {
  const about = [
    ...(alerts.length > 0 || rescans.length === 0 ? [counted(alerts.length, 'alert')] : []),
    ...(rescans.length > 0 ? [counted(rescans.length, 're-scan')] : []),
  ];
  return about.join(', ');
}

function counted(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? '' : 's'}`;
}

function describeRescan(rescan: Digest['rescans'][number]): string {
  const { id, cause, state, fingerprints, findings, alertsOpened, alertsJoined } = rescan;
  const found = `${counted(fingerprints, 'fingerprint')}, ${counted(findings, 'finding')}`;
  return `Re-scan ${id} (${cause}) ${state}: ${found}, ${counted(alertsOpened, 'alert')} opened, ${alertsJoined} joined`;
}

function digestText({ endsAt, alerts, rescans }: Digest, about: NoticeSettings): string {
  const shown = alerts.slice(0, ALERTS_IN_DIGEST).map(({ alert, changes }) => {
    const notice = describeAlert(alert, about);
    const facts = noticeLines(notice).map(([label, value]) => `${label}: ${value}`);
    return [facts.join(', '), changes.map((change) => CHANGES[change]).join(', '), notice.url].join('\n');
  });
  const more = alerts.length - shown.length;
  return [
    `Changes until ${endsAt.toISOString()} that could wait:`,
    ...shown,
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(rescans.length > 0 ? [rescans.map(describeRescan).join('\n')] : []),
    '',
  ].join('\n\n');
}

/** A server's own words may repeat addresses, a login or the text: only the code is kept. */
function withoutAnswer(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  const status = error instanceof Error && 'responseCode' in error ? ` ${String(error.responseCode)}` : '';
  return code === null ? messageOf(error) : `SMTP ${code}${status}`;
}
