import { integerSetting, SettingsError } from '@leakwatch/runtime';
import { z } from 'zod';

const HttpUrlSchema = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });
const SmtpUrlSchema = z.url({ protocol: /^smtps?$/, error: 'must be an smtp or smtps address' });
const timeoutSetting = () => integerSetting({ min: 100, max: 60_000 }).default(10_000);

/** The environment variables of channels. */
export const CHANNEL_VARIABLES = {
  LEAKWATCH_ALERT_WEBHOOK_URL: HttpUrlSchema.optional(),
  LEAKWATCH_ALERT_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'must be `whsec_` and at least 24 bytes in base64')
    .optional(),
  LEAKWATCH_ALERT_WEBHOOK_TIMEOUT_MS: timeoutSetting(),
  LEAKWATCH_SLACK_WEBHOOK_URL: HttpUrlSchema.optional(),
  LEAKWATCH_PAGERDUTY_ROUTING_KEY: z.string().min(1).optional(),
  LEAKWATCH_PAGERDUTY_URL: HttpUrlSchema.default('https://events.pagerduty.com/v2/enqueue'),
  LEAKWATCH_SMTP_URL: SmtpUrlSchema.optional(),
  LEAKWATCH_EMAIL_FROM: z.string().min(3).optional(),
  LEAKWATCH_EMAIL_TO: z.string().min(3).optional(),
  LEAKWATCH_ALERTMANAGER_URL: HttpUrlSchema.optional(),
  LEAKWATCH_ALERTMANAGER_REPEAT_SECONDS: integerSetting({ min: 10, max: 86_400 }).default(300),
  LEAKWATCH_CHANNEL_TIMEOUT_MS: timeoutSetting(),
};

/** The settings of each channel; undefined for a channel that is not set up. */
export function channelSettings(settings: z.infer<z.ZodObject<typeof CHANNEL_VARIABLES>>) {
  const timeoutMs = settings.LEAKWATCH_CHANNEL_TIMEOUT_MS;
  const { LEAKWATCH_SLACK_WEBHOOK_URL: slackUrl, LEAKWATCH_ALERTMANAGER_URL: alertmanagerUrl } = settings;
  const { LEAKWATCH_PAGERDUTY_ROUTING_KEY: routingKey, LEAKWATCH_PAGERDUTY_URL: pagerDutyUrl } = settings;
  return {
    webhook: webhookSettings(
      settings.LEAKWATCH_ALERT_WEBHOOK_URL,
      settings.LEAKWATCH_ALERT_WEBHOOK_SECRET,
      settings.LEAKWATCH_ALERT_WEBHOOK_TIMEOUT_MS,
    ),
    slack: slackUrl === undefined ? undefined : { url: slackUrl, timeoutMs },
    pagerDuty: routingKey === undefined ? undefined : { url: pagerDutyUrl, routingKey, timeoutMs },
    email: emailSettings(
      settings.LEAKWATCH_SMTP_URL,
      { from: settings.LEAKWATCH_EMAIL_FROM, to: settings.LEAKWATCH_EMAIL_TO },
      timeoutMs,
    ),
    alertmanager:
      alertmanagerUrl === undefined
        ? undefined
        : {
            url: alertmanagerUrl,
            timeoutMs,
            /** The interval at which it hears of every standing alert again: a restart makes it forget them. */
            repeatEveryMs: settings.LEAKWATCH_ALERTMANAGER_REPEAT_SECONDS * 1000,
          },
  };
}

function webhookSettings(url: string | undefined, secret: string | undefined, timeoutMs: number) {
  if (url === undefined) return undefined;
  if (secret === undefined) {
    throw new SettingsError([
      'LEAKWATCH_ALERT_WEBHOOK_URL: needs LEAKWATCH_ALERT_WEBHOOK_SECRET: notices are signed',
    ]);
  }
  return { url, secret, timeoutMs };
}

function emailSettings(
  smtpUrl: string | undefined,
  { from, to }: { from: string | undefined; to: string | undefined },
  timeoutMs: number,
) {
  if (smtpUrl === undefined) return undefined;
  if (from === undefined || to === undefined) {
    throw new SettingsError(['LEAKWATCH_SMTP_URL: needs LEAKWATCH_EMAIL_FROM and LEAKWATCH_EMAIL_TO']);
  }
  return { smtpUrl, from, to, timeoutMs };
}

export type ChannelSettings = ReturnType<typeof channelSettings>;
export type WebhookSettings = NonNullable<ChannelSettings['webhook']>;
export type SlackSettings = NonNullable<ChannelSettings['slack']>;
export type PagerDutySettings = NonNullable<ChannelSettings['pagerDuty']>;
export type EmailSettings = NonNullable<ChannelSettings['email']>;
export type AlertmanagerSettings = NonNullable<ChannelSettings['alertmanager']>;
