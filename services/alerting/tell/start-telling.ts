import { type EventLog } from '@leakwatch/event-log';
import { type Logger, type Metrics, type Stoppable } from '@leakwatch/runtime';
import { type Store } from '@leakwatch/store';
import { type Ruleset } from '@leakwatch/tier-rules';
import { type EscalationChain } from '../incidents/life/escalation-chain.ts';
import { type CampaignFollower } from '../judge/watched-campaigns.ts';
import { type ChannelSettings } from './channels/channel-settings.ts';
import { createChannels, planChannels, type NoticeContent } from './channels/create-channels.ts';
import { type TerminalSettings } from './channels/terminal.ts';
import { type DeliverySettings } from './outbox/delivery-settings.ts';
import { startRelay } from './outbox/relay.ts';
import { planNotice } from './routing/plan-notice.ts';
import { type RoutesSource } from './routing/routes-schema.ts';

export interface TellingOptions {
  readonly store: Store;
  readonly log: EventLog;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly config: ChannelSettings &
    NoticeContent & {
      readonly digestEveryMs: number | null;
      readonly delivery: DeliverySettings;
    };
  readonly terminal: TerminalSettings | null;
  readonly campaigns: Pick<CampaignFollower, 'current'>;
  /** The routes in force. */
  readonly routes: () => RoutesSource;
  readonly ruleset: () => Ruleset;
  readonly chain: EscalationChain;
}

/** Tells people of every change in the outbox, by the routes in force. */
export async function startTelling(options: TellingOptions): Promise<Stoppable> {
  const { config, terminal, campaigns, routes, ruleset, chain } = options;
  const channels = createChannels(config, planChannels(config), {
    terminal,
    whoIsCalled: (tier, level) => chain.roleAt(tier, level),
    details: () => routes().details,
  });
  const relay = await startRelay({
    ...options,
    channels,
    settings: config.delivery,
    digestEveryMs: config.digestEveryMs,
    plan: (event) =>
      planNotice(event, {
        channels,
        routes: routes(),
        campaigns: campaigns.current(),
        ruleset: ruleset(),
        chain,
        digests: config.digestEveryMs !== null,
      }),
  });
  return { name: 'relay', stop: () => relay.stop() };
}
