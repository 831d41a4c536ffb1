import { randomBytes } from 'node:crypto';
import { loadAlertingConfig } from '@leakwatch/alerting';
import { channelNames, sendTestNotice } from '@leakwatch/alerting/tell';
import { messageOf, UsageError } from '@leakwatch/runtime';
import { type Screen } from '../screen/screen.ts';
import { typed } from '../typed.ts';
import { type Ask } from './ask.ts';

type Settings = Readonly<Record<string, string>>;

export function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/** Asks who gets notices, and for what each channel needs beside. */
export async function askForChannels(ask: Ask, screen: Screen): Promise<Settings> {
  screen.note(
    'Notices go to the address of a webhook or of Slack, to a mail address, to pagerduty:KEY or to alertmanager:ADDRESS.',
  );
  const answer = await ask('[Who gets notices, several by spaces; nothing: the terminal alone: ] ');
  let settings: Settings = {};
  for (const receiver of answer.split(/\s+/).filter((word) => word !== '')) {
    const those = await settingsOf(receiver, ask);
    for (const name of Object.keys(those)) {
      if (settings[name] !== undefined)
        throw new UsageError(`${receiver}: the channel has a receiver already`);
    }
    settings = { ...settings, ...those };
  }
  if (Object.keys(settings).length === 0) {
    screen.note(`no channel: alerts show on the terminal of \`${typed('up')}\` and in the console`);
  }
  // Wrong ones are told before anything is written.
  loadAlertingConfig(settings);
  return settings;
}

async function settingsOf(receiver: string, ask: Ask): Promise<Settings> {
  const [, kind = '', value = ''] = /^(pagerduty|alertmanager|mailto):(.+)$/.exec(receiver) ?? [];
  if (kind === 'pagerduty') return { LEAKWATCH_PAGERDUTY_ROUTING_KEY: value };
  if (kind === 'alertmanager') return { LEAKWATCH_ALERTMANAGER_URL: value };
  if (kind === 'mailto' || /^[^\s/@]+@[^\s/@]+$/.test(receiver)) {
    return mailSettings(kind === 'mailto' ? value : receiver, ask);
  }
  if (!/^https?:\/\/\S+$/.test(receiver) || !URL.canParse(receiver)) {
    throw new UsageError(
      `${receiver} is no http or https address, mail address, pagerduty:KEY or alertmanager:ADDRESS`,
    );
  }
  return new URL(receiver).hostname === 'hooks.slack.com'
    ? { LEAKWATCH_SLACK_WEBHOOK_URL: receiver }
    : { LEAKWATCH_ALERT_WEBHOOK_URL: receiver, LEAKWATCH_ALERT_WEBHOOK_SECRET: newSecret() };
}

async function mailSettings(to: string, ask: Ask): Promise<Settings> {
  const server = await ask('Mail server, such as smtps://user:password@mail.example:465 : ', {
    needed: true,
  });
  const from = await ask(`[From whom; nothing: ${to}: ] `);
  return {
    LEAKWATCH_SMTP_URL: server,
    LEAKWATCH_EMAIL_FROM: from === '' ? to : from,
    LEAKWATCH_EMAIL_TO: to,
  };
}

/** Sends a test notice through each channel. A receiver that is not there yet is no reason to begin again. */
export async function tryChannels(settings: Settings, screen: Screen): Promise<void> {
  const config = loadAlertingConfig(settings);
  for (const channel of channelNames(config)) {
    const again = typed(`notices test ${channel}`);
    await sendTestNotice(config, channel, new Date()).then(
      () => screen.note(`${channel} took a test notice`),
      (error: unknown) =>
        screen.problem(`${channel} did not take a test notice: ${messageOf(error)}; again: ${again}`),
    );
  }
}
