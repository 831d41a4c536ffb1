import { type Creator, type Tier } from '@leakwatch/contracts';
import { assignTier, type Ruleset } from '@leakwatch/tier-rules';
import { campaignFactsOf, creatorFactsOf } from '../steps/choose-tier.ts';
import { type WatchedCampaign, type WatchedCampaigns } from '../watched-campaigns.ts';

/** How closely a creator is watched at an instant: by the campaign that asks for the most. */
export interface Attention {
  readonly tier: Tier;
  /** Whether a campaign of that tier, in which the creator is briefed, was still secret. */
  readonly inWindow: boolean;
}

/** How closely a creator is watched for one campaign. */
export interface AttentionSpan {
  readonly tier: Tier;
  /** Milliseconds since 1970; infinite for a campaign that stays secret. */
  readonly secretUntilMs: number;
}

/** From the closest to the least close. */
const CLOSENESS: readonly Tier[] = [4, 3, 2, 1, 5];
const UNCONCERNED: Attention = { tier: 1, inWindow: false };

/** @param at - when the post was published */
export function attentionAt(spans: readonly AttentionSpan[], at: Date): Attention {
  const open = new Set(
    spans.filter(({ secretUntilMs }) => at.getTime() < secretUntilMs).map(({ tier }) => tier),
  );
  const closest = CLOSENESS.find((tier) => open.has(tier));
  return closest === undefined ? UNCONCERNED : { tier: closest, inWindow: true };
}

export type AttentionLookup = (creator: Creator, at: Date) => Attention;

/** Creators' attention by one version of the watch list and one ruleset, worked out once a creator. */
export function attentionBy({ campaigns }: WatchedCampaigns, ruleset: Ruleset): AttentionLookup {
  const known = new Map<string, readonly AttentionSpan[]>();
  const spansOf = (creator: Creator) => {
    const spans = known.get(creator.id) ?? [...campaigns.values()].flatMap(spanFor(creator, ruleset));
    known.set(creator.id, spans);
    return spans;
  };
  return (creator, at) => attentionAt(spansOf(creator), at);
}

function spanFor(creator: Creator, ruleset: Ruleset): (campaign: WatchedCampaign) => AttentionSpan[] {
  return (campaign) => {
    if (campaign.creators?.includes(creator.id) === false) return [];
    const { tier } = assignTier(ruleset, creatorFactsOf(creator), campaignFactsOf({ campaign }));
    const { embargo } = campaign;
    return [{ tier, secretUntilMs: embargo === undefined ? Infinity : Date.parse(embargo.liftsAt) }];
  };
}
