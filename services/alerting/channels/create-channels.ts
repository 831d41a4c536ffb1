import { type AlertingConfig } from '../config.ts';
import { createAlertmanagerChannel } from './alertmanager.ts';
import { type Channel } from './channel.ts';
import { createEmailChannel } from './email.ts';
import { createPagerDutyChannel } from './pagerduty.ts';
import { type WhoIsCalled } from './notice.ts';
import { createSlackChannel } from './slack.ts';
import { createTerminalChannel, type TerminalSettings } from './terminal.ts';
import { createWebhookChannel } from './webhook.ts';

/** Those that are set up. */
export function createChannels(
  config: AlertingConfig,
  terminal: TerminalSettings | null,
  whoIsCalled: WhoIsCalled,
): Channel[] {
  const { webhook, slack, pagerDuty, email, alertmanager, consoleUrl, noticeDetails } = config;
  const about = { consoleUrl, details: noticeDetails, whoIsCalled };
  const details = terminal?.details === true || config.terminalDetails;
  return [
    ...(terminal === null ? [] : [createTerminalChannel({ ...terminal, details, whoIsCalled })]),
    ...(webhook === undefined ? [] : [createWebhookChannel(webhook, about)]),
    ...(slack === undefined ? [] : [createSlackChannel(slack, about)]),
    ...(pagerDuty === undefined ? [] : [createPagerDutyChannel(pagerDuty, about)]),
    ...(email === undefined ? [] : [createEmailChannel(email, about)]),
    ...(alertmanager === undefined ? [] : [createAlertmanagerChannel(alertmanager, about)]),
  ];
}
