import { type AlertEvent } from '@leakwatch/contracts';
import { type Queryable } from '@leakwatch/store';
import { type Ruleset } from '@leakwatch/tier-rules';
import { chainOfRuleset } from '../../incidents/life/escalation-chain.ts';
import { type WatchedCampaigns } from '../../judge/watched-campaigns.ts';
import { type ChannelSettings } from '../channels/channel-settings.ts';
import { channelNames } from '../channels/create-channels.ts';
import { listToldEvents } from '../queries/list-told-events.ts';
import { chooseChannels } from './choose-channels.ts';
import { parseRoutes } from './parse-routes.ts';
import { readRoutes, routesInForce } from './read-routes.ts';

/** More changes than this say nothing new about routes. */
const EVENTS = 5000;

export interface RoutesTrial {
  /** Changes of alerts that were routed again. */
  readonly events: number;
  /** Notices by channel, before and after. */
  readonly channels: readonly { readonly channel: string; readonly before: number; readonly after: number }[];
  /** Changes that would be told to other channels, the newest first. */
  readonly moved: readonly {
    readonly event: AlertEvent;
    readonly before: readonly string[];
    readonly after: readonly string[];
  }[];
}

interface TrialOptions {
  readonly config: ChannelSettings & { readonly routesFile: string | undefined };
  readonly campaigns: Pick<WatchedCampaigns, 'campaigns'>;
  readonly ruleset: Ruleset;
  readonly since: Date | null;
}

/**
 * Routes past changes of alerts by other routes, beside those in use. Tells nobody.
 *
 * @throws UsageError naming line and column of every problem
 */
export async function tryRoutes(
  db: Queryable,
  text: string,
  { config, campaigns, ruleset, since }: TrialOptions,
): Promise<RoutesTrial> {
  const names = channelNames(config);
  const wanted = parseRoutes(text, 'routes', names);
  const [written, events] = await Promise.all([
    readRoutes(config.routesFile, db),
    listToldEvents(db, { since, limit: EVENTS }),
  ]);
  const { routes: current } = routesInForce(written, names);
  const chain = chainOfRuleset(() => ruleset);
  const routed = events.map((event) => {
    const { campaignId, tier, escalationLevel } = event.alert;
    const about = {
      brand: campaigns.campaigns.get(campaignId)?.brand ?? null,
      step: chain.roleAt(tier, escalationLevel),
    };
    return {
      event,
      before: chooseChannels(current, event, about, names),
      after: chooseChannels(wanted, event, about, names),
    };
  });
  const count = (of: 'before' | 'after', channel: string) =>
    routed.filter((one) => one[of].includes(channel)).length;
  return {
    events: events.length,
    channels: names.map((channel) => ({
      channel,
      before: count('before', channel),
      after: count('after', channel),
    })),
    moved: routed.filter(({ before, after }) => before.join() !== after.join()),
  };
}
