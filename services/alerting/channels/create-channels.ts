import { type AlertingConfig } from '../config.ts';
import { createAlertmanagerChannel } from './alertmanager.ts';
import { type Channel } from './channel.ts';
import { type Detail } from './details.ts';
import { createEmailChannel } from './email.ts';
import { type NoticeSettings, type WhoIsCalled } from './notice.ts';
import { createPagerDutyChannel } from './pagerduty.ts';
import { createSlackChannel } from './slack.ts';
import { createTerminalChannel, type TerminalSettings } from './terminal.ts';
import { createWebhookChannel } from './webhook.ts';

/** A channel that is set up, before it is known what it may say. */
export interface ChannelPlan {
  readonly name: string;
  readonly create: (about: NoticeSettings) => Channel;
}

/** The channels that call people and are set up. */
export function planChannels(config: AlertingConfig): ChannelPlan[] {
  const { webhook, slack, pagerDuty, email, alertmanager } = config;
  return [
    ...plan('webhook', webhook, createWebhookChannel),
    ...plan('slack', slack, createSlackChannel),
    ...plan('pagerduty', pagerDuty, createPagerDutyChannel),
    ...plan('email', email, createEmailChannel),
    ...plan('alertmanager', alertmanager, createAlertmanagerChannel),
  ];
}

function plan<Settings>(
  name: string,
  settings: Settings | undefined,
  create: (settings: Settings, about: NoticeSettings) => Channel,
): ChannelPlan[] {
  return settings === undefined ? [] : [{ name, create: (about) => create(settings, about) }];
}

export interface ChannelOptions {
  readonly terminal: TerminalSettings | null;
  readonly whoIsCalled: WhoIsCalled;
  /** What a channel says beside what all of them do, by its name. */
  readonly details: Readonly<Record<string, readonly Detail[]>>;
}

/** The terminal, if there is one, and what is planned, each with what it may say. */
export function createChannels(
  config: AlertingConfig,
  plans: readonly ChannelPlan[],
  { terminal, whoIsCalled, details }: ChannelOptions,
): Channel[] {
  const { consoleUrl } = config;
  const everywhere: readonly Detail[] = config.noticeDetails ? ['campaign', 'creator'] : [];
  const screen = { details: terminal?.details === true || config.terminalDetails, whoIsCalled };
  return [
    ...(terminal === null ? [] : [createTerminalChannel({ ...terminal, ...screen })]),
    ...plans.map(({ name, create }) =>
      create({ consoleUrl, whoIsCalled, details: [...everywhere, ...(details[name] ?? [])] }),
    ),
  ];
}
