import { hashId, type Creator } from '@leakwatch/contracts';
import { type LookBack } from '@leakwatch/store';
import { decideTier, ExpressionFailure, lowestThreshold, type Ruleset } from '@leakwatch/tier-rules';
import { campaignFactsOf } from '../judge/checks/choose-tier.ts';
import { type StandingLookup } from '../judge/standing.ts';
import { type WatchedCampaign } from '../judge/watched-campaigns.ts';
import { type Briefs } from './briefs.ts';
import { type KeptTier } from './queries/kept-tiers.ts';
import { type TierChange } from './queries/tier-changes.ts';
import { type TierHappening } from './queries/tiers-to-decide.ts';

/** The facts that tiers are decided by. */
export interface TierBasis {
  readonly briefs: Briefs;
  readonly ruleset: Ruleset;
  readonly standingOf: StandingLookup;
  readonly at: Date;
}

export interface DecidedCreator {
  readonly tiers: readonly KeptTier[];
  readonly changes: readonly TierChange[];
  /** Tiers for campaigns that the creator is no longer briefed for. */
  readonly gone: readonly KeptTier[];
  /** Null unless the creator has just entered tier 4. */
  readonly lookBack: LookBack | null;
}

/**
 * Decides a creator's tiers for all of their campaigns.
 *
 * @param kept - the tiers decided last
 */
export function decideCreator(
  creatorId: string,
  kept: readonly KeptTier[],
  happening: TierHappening | null,
  basis: TierBasis,
): DecidedCreator {
  const creator = basis.briefs.watched.creators.get(creatorId) ?? null;
  const briefed = basis.briefs.campaignsOf(creatorId);
  const before = new Map(kept.map((tier) => [tier.campaignId, tier]));
  const tiers: KeptTier[] = [];
  const changes: TierChange[] = [];
  for (const campaign of briefed) {
    const had = before.get(campaign.id) ?? null;
    const tier = decidePair(creator, creatorId, campaign, had, basis);
    tiers.push(tier);
    if (tier.tier !== had?.tier) changes.push(changeOf(tier, had, happening, basis.at));
  }
  const campaignIds = new Set(briefed.map(({ id }) => id));
  const gone = kept.filter(({ campaignId }) => !campaignIds.has(campaignId));
  const wasInvestigated = kept.some(({ tier }) => tier === 4);
  const enters = !wasInvestigated && tiers.some(({ tier }) => tier === 4);
  return { tiers, changes, gone, lookBack: enters ? lookBackOf(creatorId, briefed, basis) : null };
}

function decidePair(
  creator: Creator | null,
  creatorId: string,
  campaign: WatchedCampaign,
  had: KeptTier | null,
  { briefs, ruleset, standingOf, at }: TierBasis,
): KeptTier {
  const { history, pin, now } = standingOf(creatorId, campaign.id, at);
  const { tier, reasons, riskScore, isPinned, changesAt } = tryDecide(had, ruleset, () =>
    decideTier({
      ruleset,
      creator: creator?.risk ?? null,
      campaign: campaignFactsOf({ campaign }),
      history,
      pin,
      now,
    }),
  );
  return {
    creatorId,
    campaignId: campaign.id,
    tier,
    reasons: [...reasons],
    riskScore,
    pinned: isPinned,
    since: had?.tier === tier ? had.since : at,
    watchListVersion: briefs.watched.version,
    rulesetHash: ruleset.hash,
    changesAt,
  };
}

type Decided = Pick<
  ReturnType<typeof decideTier>,
  'tier' | 'reasons' | 'riskScore' | 'isPinned' | 'changesAt'
>;

/** A condition that breaks on one creator must not block the others: that creator's tier stays, with the reason. */
function tryDecide(had: KeptTier | null, { tiers }: Ruleset, decide: () => Decided): Decided {
  try {
    return decide();
  } catch (error) {
    if (!(error instanceof ExpressionFailure)) throw error;
    return {
      tier: had?.tier ?? tiers.at(-1)?.tier ?? 1,
      reasons: [`could not be decided: ${error.message}`],
      riskScore: had?.riskScore ?? 0,
      isPinned: had?.pinned ?? false,
      changesAt: null,
    };
  }
}

function changeOf(
  tier: KeptTier,
  had: KeptTier | null,
  happening: TierHappening | null,
  at: Date,
): TierChange {
  const { creatorId, campaignId, reasons, riskScore, rulesetHash } = tier;
  const common = { creatorId, campaignId, reasons, riskScore, rulesetHash };
  const cause = causeOf(tier, had, happening);
  return { ...common, fromTier: had?.tier ?? null, toTier: tier.tier, cause, changedAt: at };
}

function causeOf(tier: KeptTier, had: KeptTier | null, happening: TierHappening | null): TierChange['cause'] {
  if (had === null) return 'first';
  if (happening !== null) return happening;
  if (had.watchListVersion !== tier.watchListVersion) return 'watch-list';
  return had.rulesetHash === tier.rulesetHash ? 'time' : 'ruleset';
}

/** The length of a re-scan's random id. */
const ID_DIGITS = 12;
const DAY_MS = 24 * 3_600_000;

function lookBackOf(
  creatorId: string,
  briefed: readonly WatchedCampaign[],
  { ruleset, at }: TierBasis,
): LookBack {
  return {
    id: hashId('look-back', creatorId, at.toISOString()).slice(0, ID_DIGITS),
    creatorId,
    since: new Date(at.getTime() - ruleset.lookBackDays * DAY_MS),
    minConfidence: Math.min(...briefed.map((campaign) => lowestThreshold(ruleset, 4, campaign.niche ?? ''))),
    requestedAt: at,
  };
}
