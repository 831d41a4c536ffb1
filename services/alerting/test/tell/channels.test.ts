import { type AlertEvent } from '@leakwatch/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { alertEvent } from '../support/alert-event.ts';
import { openHttpReceiver } from '../support/http-receiver.ts';
import { openMailServer } from '../support/mail-server.ts';
import { PagerDutySchema, ROUTING_KEY } from '../support/pagerduty.ts';
import { openReceiver, SECRET } from '../support/receiver.ts';
import { type Channel } from '../../tell/channels/channel.ts';
import { type Detail } from '../../tell/channels/details.ts';
import { createEmailChannel } from '../../tell/channels/email.ts';
import { createPagerDutyChannel } from '../../tell/channels/pagerduty.ts';
import { createSlackChannel } from '../../tell/channels/slack.ts';
import { createWebhookChannel } from '../../tell/channels/webhook.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
async function opened<T extends { close(): Promise<void> }>(opening: Promise<T>): Promise<T> {
  const one = await opening;
  closing.push(() => one.close());
  return one;
}

const whoIsCalled = (tier: number, level: number) => (tier === 1 && level === 2 ? 'campaign lead' : null);
const quiet = { consoleUrl: 'https://leakwatch.example/console', details: [], whoIsCalled };
const timeoutMs = 2000;
const LINK = `https://leakwatch.example/console/alerts/${'a'.repeat(64)}`;

/** The limits and required keys of docs.slack.dev/reference/block-kit/blocks. */
const PlainTextSchema = z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(150) });
const MarkdownSchema = z.strictObject({ type: z.literal('mrkdwn'), text: z.string().min(1).max(2000) });
const ButtonSchema = z.strictObject({
  type: z.literal('button'),
  text: PlainTextSchema.extend({ text: z.string().max(75) }),
  url: z.url().max(3000),
});
const SlackSchema = z.strictObject({
  text: z.string().min(1).max(4000),
  blocks: z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('header'), text: PlainTextSchema }),
        z.strictObject({ type: z.literal('section'), fields: z.array(MarkdownSchema).min(1).max(10) }),
        z.strictObject({ type: z.literal('actions'), elements: z.array(ButtonSchema).min(1).max(25) }),
        z.strictObject({ type: z.literal('context'), elements: z.array(MarkdownSchema).min(1).max(10) }),
      ]),
    )
    .min(1)
    .max(50),
});

/** Each channel, with the text that it told. */
const CHANNELS: Record<
  string,
  (details: readonly Detail[]) => Promise<{ channel: Channel; told: () => string }>
> = {
  slack: async (details) => {
    const receiver = await opened(openHttpReceiver(SlackSchema));
    const channel = createSlackChannel({ url: receiver.url, timeoutMs }, { ...quiet, details });
    return { channel, told: () => JSON.stringify(receiver.accepted) };
  },
  pagerduty: async (details) => {
    const receiver = await opened(openHttpReceiver(PagerDutySchema));
    const settings = { url: receiver.url, routingKey: ROUTING_KEY, timeoutMs };
    const channel = createPagerDutyChannel(settings, { ...quiet, details });
    return { channel, told: () => JSON.stringify(receiver.accepted) };
  },
  email: async (details) => {
    const server = await opened(openMailServer());
    const channel = createEmailChannel(mailSettings(server.url), { ...quiet, details });
    return { channel, told: () => server.mails.join('\n').replaceAll('=\r\n', '') };
  },
  webhook: async (details) => {
    const receiver = await opened(openReceiver());
    const settings = { url: receiver.url, secret: SECRET, timeoutMs };
    const channel = createWebhookChannel(settings, { ...quiet, details });
    return { channel, told: () => receiver.accepted.map(({ body }) => body).join('\n') };
  },
};
const mailSettings = (smtpUrl: string) => ({
  smtpUrl,
  from: 'leakwatch@example.org',
  to: 'team@example.org, lead@example.org',
  timeoutMs,
});

describe.each(Object.keys(CHANNELS))('%s', (name) => {
  it('says what is needed to act, and nothing of the watch list', async () => {
    const { channel, told } = await CHANNELS[name]!([]);
    await channel.deliver(alertEvent({ escalationLevel: 2 }, 'escalated'));
    expect(told()).toMatch(/medium/i);
    expect(told()).toContain('2026-11-20T19:30:00.000Z');
    expect(told()).toContain(LINK);
    expect(told()).toMatch(/level\D+2/i);
    expect(told()).toContain('campaign lead');
    for (const secret of ['mara', 'aurora', 'secret', 'codename', 'handle', 'instagram']) {
      expect(told()).not.toContain(secret);
    }
  });

  it('names campaign and creator where the operator wants it, and what matched only where that is wanted, too', async () => {
    const { channel, told } = await CHANNELS[name]!(['campaign', 'creator']);
    await channel.deliver(alertEvent());
    expect(told()).toContain('mara');
    expect(told()).toContain('aurora');
    for (const secret of ['secret', 'codename', 'handle']) expect(told()).not.toContain(secret);

    const open = await CHANNELS[name]!(['match']);
    await open.channel.deliver(alertEvent());
    expect(open.told()).toContain('secret');
    for (const secret of ['mara', 'aurora', 'handle']) expect(open.told()).not.toContain(secret);
  });
});

describe('Slack', () => {
  it('reads no markup out of an id', async () => {
    const receiver = await opened(openHttpReceiver(SlackSchema));
    const channel = createSlackChannel(
      { url: receiver.url, timeoutMs },
      { ...quiet, details: ['campaign', 'creator'] },
    );
    await channel.deliver(alertEvent({ campaignId: '<!channel>' }));
    expect(JSON.stringify(receiver.accepted)).toContain('&lt;!channel&gt;');
  });

  it.each(['refuses', 'is not there'])(
    'whose receiver %s is a failure that does not say its address',
    async (how) => {
      const receiver = await openHttpReceiver(SlackSchema);
      receiver.refuse(true);
      if (how === 'is not there') await receiver.close();
      else closing.push(() => receiver.close());
      const channel = createSlackChannel({ url: receiver.url, timeoutMs }, quiet);
      const failure = await channel.deliver(alertEvent()).catch((error: unknown) => String(error));
      expect(failure).toMatch(/HTTP 503|ECONNREFUSED/);
      expect(failure).not.toContain('secret-path');
    },
  );
});

describe('PagerDuty', () => {
  const resolved = { state: 'resolved', resolution: 'confirmed' } as const;
  it.each<[AlertEvent['change'], Partial<AlertEvent['alert']>, string]>([
    ['opened', {}, 'trigger'],
    ['acknowledged', { state: 'acknowledged' }, 'acknowledge'],
    ['investigating', { state: 'investigating' }, 'acknowledge'],
    ['snoozed', {}, 'acknowledge'],
    ['occurrence-added', { state: 'acknowledged' }, 'acknowledge'],
    ['verdict-given', resolved, 'resolve'],
    ['merged', { ...resolved, resolution: 'duplicate' }, 'resolve'],
    ['regressed', {}, 'trigger'],
  ])('takes `%s` for one incident of the alert (%o): %s', async (change, traits, action) => {
    const receiver = await opened(openHttpReceiver(PagerDutySchema));
    const settings = { url: receiver.url, routingKey: ROUTING_KEY, timeoutMs };
    await createPagerDutyChannel(settings, quiet).deliver(alertEvent(traits, change));
    expect(receiver.accepted).toMatchObject([{ event_action: action, dedup_key: 'a'.repeat(64) }]);
  });
});

describe('e-mail', () => {
  it('is one thread an alert, and the same mail when it is sent again', async () => {
    const server = await opened(openMailServer());
    const channel = createEmailChannel(mailSettings(server.url), quiet);
    await channel.deliver(alertEvent());
    await channel.deliver(alertEvent());
    const headers = server.mails.map((mail) => ({
      id: /^Message-ID:\s+(.*)\r$/im.exec(mail)?.[1],
      references: /^References:\s+(.*)\r$/im.exec(mail)?.[1],
      to: /^To: (.*)\r$/im.exec(mail)?.[1],
    }));
    const same = {
      id: `<${'c'.repeat(64)}@leakwatch>`,
      references: `<${'a'.repeat(64)}@leakwatch>`,
      to: 'team@example.org, lead@example.org',
    };
    expect(headers).toEqual([same, same]);
  });

  it('has a digest of what could wait', async () => {
    const server = await opened(openMailServer());
    const channel = createEmailChannel(mailSettings(server.url), quiet);
    const { alert } = alertEvent();
    const alerts = Array.from({ length: 201 }, () => ({ alert, changes: ['opened', 'assigned'] as const }));
    await channel.deliverDigest?.({
      id: 'd'.repeat(64),
      endsAt: new Date(alert.openedAt),
      alerts,
      rescans: [],
    });
    const [mail = ''] = server.mails;
    expect(mail).toMatch(/^Subject: Leakwatch digest: 201 alerts\r$/m);
    expect(mail.match(/opened, assigned/g)).toHaveLength(200);
    expect(mail).toContain('and 1 more');
    expect(mail).not.toContain('mara');
  });

  it('that is refused fails without repeating login or addresses', async () => {
    const server = await opened(openMailServer());
    const wrongLogin = createEmailChannel(mailSettings(server.url.replace('sesame', 'letmein')), quiet);
    await expect(wrongLogin.deliver(alertEvent())).rejects.toThrow(/^SMTP EAUTH 535$/);
    const wrongRecipient = createEmailChannel(
      { ...mailSettings(server.url), to: 'nobody@example.org' },
      quiet,
    );
    await expect(wrongRecipient.deliver(alertEvent())).rejects.toThrow(/^SMTP EENVELOPE 550$/);
  });
});
