import { createAlertmanagerChannel } from './alertmanager.ts';
import { type ChannelSettings } from './channel-settings.ts';
import { type Channel } from './channel.ts';
import { type Detail } from './details.ts';
import { createEmailChannel } from './email.ts';
import { type NoticeSettings, type WhoIsCalled } from './notice.ts';
import { createPagerDutyChannel } from './pagerduty.ts';
import { createSlackChannel } from './slack.ts';
import { createTerminalChannel, type TerminalSettings } from './terminal.ts';
import { createWebhookChannel } from './webhook.ts';

/** A channel that is set up, but does not know yet what it may say. */
export interface ChannelPlan {
  readonly name: string;
  readonly create: (about: NoticeSettings) => Channel;
}

/** The channels that call people and are set up. */
export function planChannels(settings: ChannelSettings): ChannelPlan[] {
  const { webhook, slack, pagerDuty, email, alertmanager } = settings;
  return [
    ...plan('webhook', webhook, createWebhookChannel),
    ...plan('slack', slack, createSlackChannel),
    ...plan('pagerduty', pagerDuty, createPagerDutyChannel),
    ...plan('email', email, createEmailChannel),
    ...plan('alertmanager', alertmanager, createAlertmanagerChannel),
  ];
}

/** The names that routes may use. */
export function channelNames(settings: ChannelSettings): string[] {
  return planChannels(settings).map(({ name }) => name);
}

function plan<Settings>(
  name: string,
  settings: Settings | undefined,
  create: (settings: Settings, about: NoticeSettings) => Channel,
): ChannelPlan[] {
  return settings === undefined ? [] : [{ name, create: (about) => create(settings, about) }];
}

export interface NoticeContent {
  /** The console that an analyst's links lead to. */
  readonly consoleUrl: string;
  /** True: notices name campaign and creator. */
  readonly noticeDetails: boolean;
  readonly terminalDetails: boolean;
}

export interface ChannelOptions {
  readonly terminal: TerminalSettings | null;
  readonly whoIsCalled: WhoIsCalled;
  /** The extra details that single channels may say now, by channel name. */
  readonly details: () => Readonly<Record<string, readonly Detail[]>>;
}

/** Creates the planned channels, and the terminal if there is one. */
export function createChannels(
  content: NoticeContent,
  plans: readonly ChannelPlan[],
  { terminal, whoIsCalled, details }: ChannelOptions,
): Channel[] {
  const { consoleUrl } = content;
  const everywhere: readonly Detail[] = content.noticeDetails ? ['campaign', 'creator'] : [];
  const screen = { details: terminal?.details === true || content.terminalDetails, whoIsCalled };
  return [
    ...(terminal === null ? [] : [createTerminalChannel({ ...terminal, ...screen })]),
    ...plans.map(({ name, create }) =>
      create({
        consoleUrl,
        whoIsCalled,
        // Each notice asks again: routes change while it waits.
        get details() {
          return [...everywhere, ...(details()[name] ?? [])];
        },
      }),
    ),
  ];
}
