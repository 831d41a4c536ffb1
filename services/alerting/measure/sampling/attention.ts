import { TIERS_BY_CLOSENESS, type Creator, type Tier } from '@leakwatch/contracts';
import { decideTier, type Ruleset } from '@leakwatch/tier-rules';
import { campaignFactsOf, riskOf } from '../../judge/checks/choose-tier.ts';
import { type WatchedCampaign, type WatchedCampaigns } from '../../judge/watched-campaigns.ts';
import { type KeptTier } from '../../tiers/queries/kept-tiers.ts';

/** How closely a creator is watched at an instant: by the campaign that asks for the most attention. */
export interface Attention {
  readonly tier: Tier;
  /** Whether a campaign of that tier that the creator is briefed for was still secret. */
  readonly inWindow: boolean;
}

/** How closely a creator is watched for one campaign. */
export interface AttentionSpan {
  readonly tier: Tier;
  /** Milliseconds since 1970; infinite for a campaign that stays secret. */
  readonly secretUntilMs: number;
}

const UNCONCERNED: Attention = { tier: 1, inWindow: false };

/** @param at - when the post was published */
export function attentionAt(spans: readonly AttentionSpan[], at: Date): Attention {
  const open = new Set(
    spans.filter(({ secretUntilMs }) => at.getTime() < secretUntilMs).map(({ tier }) => tier),
  );
  const closest = TIERS_BY_CLOSENESS.find((tier) => open.has(tier));
  return closest === undefined ? UNCONCERNED : { tier: closest, inWindow: true };
}

export type AttentionLookup = (creator: Creator, at: Date) => Attention;

/**
 * Results kept with the facts behind them: to work them out per post would cost more than everything else done with it.
 */
export type AttentionMemory = Map<
  string,
  {
    readonly campaigns: WatchedCampaigns;
    readonly rulesetHash: string;
    readonly tiers: string;
    readonly spans: readonly AttentionSpan[];
  }
>;

/**
 * Works out creators' attention by their tiers as last decided. A tier that is not decided yet follows from the brand's
 * data.
 *
 * @param memory - kept from call to call
 */
export function attentionBy(
  campaigns: WatchedCampaigns,
  ruleset: Ruleset,
  kept: readonly Pick<KeptTier, 'creatorId' | 'campaignId' | 'tier'>[],
  memory: AttentionMemory = new Map(),
): AttentionLookup {
  const tiers = new Map<string, Map<string, Tier>>();
  for (const { creatorId, campaignId, tier } of kept) {
    const ofCreator = tiers.get(creatorId) ?? new Map<string, Tier>();
    tiers.set(creatorId, ofCreator.set(campaignId, tier));
  }
  const upToDate = new Set<string>();
  const spansOf = (creator: Creator): readonly AttentionSpan[] => {
    const before = memory.get(creator.id);
    if (before !== undefined && upToDate.has(creator.id)) return before.spans;
    upToDate.add(creator.id);
    const keptTiers = tiers.get(creator.id);
    const from = { campaigns, rulesetHash: ruleset.hash, tiers: JSON.stringify([...(keptTiers ?? [])]) };
    if (
      before?.campaigns === from.campaigns &&
      before.rulesetHash === from.rulesetHash &&
      before.tiers === from.tiers
    ) {
      return before.spans;
    }
    const spans = [...campaigns.campaigns.values()].flatMap(spanFor(creator, ruleset, keptTiers));
    memory.set(creator.id, { ...from, spans });
    return spans;
  };
  return (creator, at) => attentionAt(spansOf(creator), at);
}

function spanFor(
  creator: Creator,
  ruleset: Ruleset,
  kept: ReadonlyMap<string, Tier> | undefined,
): (campaign: WatchedCampaign) => AttentionSpan[] {
  return (campaign) => {
    if (campaign.creators?.includes(creator.id) === false) return [];
    const tier = kept?.get(campaign.id) ?? firstTier(creator, ruleset, campaign);
    const { embargo } = campaign;
    return [{ tier, secretUntilMs: embargo === undefined ? Infinity : Date.parse(embargo.liftsAt) }];
  };
}

function firstTier(creator: Creator, ruleset: Ruleset, campaign: WatchedCampaign): Tier {
  const nothingYet = { history: [], pin: null, now: new Date(0) };
  return decideTier({
    ruleset,
    creator: riskOf(creator),
    campaign: campaignFactsOf({ campaign }),
    ...nothingYet,
  }).tier;
}
