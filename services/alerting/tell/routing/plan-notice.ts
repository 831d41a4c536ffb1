import { type AlertEvent } from '@leakwatch/contracts';
import { isSerious, tierDefinition, type Ruleset } from '@leakwatch/tier-rules';
import { type EscalationChain } from '../../incidents/life/escalation-chain.ts';
import { type WatchedCampaigns } from '../../judge/watched-campaigns.ts';
import { type Channel } from '../channels/channel.ts';
import { type PublishedEvent } from '../queries/finish-alert-events.ts';
import { chooseChannels } from './choose-channels.ts';
import { type RoutesSource } from './routes-schema.ts';

/** The channels that are told of a change, and when. */
export type NoticePlan = Omit<PublishedEvent, 'seq'>;

export interface PlanOptions {
  readonly channels: readonly Channel[];
  readonly routes: RoutesSource;
  readonly campaigns: Pick<WatchedCampaigns, 'campaigns'>;
  readonly ruleset: Ruleset;
  readonly chain: EscalationChain;
  /** False: everything is told at once. */
  readonly digests: boolean;
}

/**
 * Sends a change to the channels of its route. If its tier tells in digests, it waits for theirs, on channels that have
 * one. Serious alerts and escalations never wait. Channels that were told of an alert also hear of its end.
 */
export function planNotice(event: AlertEvent, options: PlanOptions): NoticePlan {
  const { channels, routes, campaigns, ruleset, chain } = options;
  const { alert, change } = event;
  const tier = tierDefinition(ruleset, alert.tier);
  const screens = namesOf(channels.filter(({ showsAll }) => showsAll === true));
  const callable = channels.filter(({ showsAll }) => showsAll !== true);
  const about = {
    brand: campaigns.campaigns.get(alert.campaignId)?.brand ?? null,
    step: chain.roleAt(alert.tier, alert.escalationLevel),
  };
  const routed = chooseChannels(routes, event, about, namesOf(callable));
  const whereKnown = alert.state === 'resolved' ? namesOf(callable) : [];

  const canWait = options.digests && tier.tell === 'digest' && !isSerious(alert) && change !== 'escalated';
  const inDigest = canWait
    ? namesOf(callable.filter((channel) => 'deliverDigest' in channel && routed.includes(channel.name)))
    : [];
  return inDigest.length === 0
    ? { atOnce: [...screens, ...routed], inDigest, whereKnown }
    : { atOnce: screens, inDigest, whereKnown };
}

function namesOf(channels: readonly Channel[]): string[] {
  return channels.map(({ name }) => name);
}
