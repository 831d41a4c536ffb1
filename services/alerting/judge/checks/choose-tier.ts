import { type Creator } from '@leakwatch/contracts';
import { decideTier, type CampaignFacts } from '@leakwatch/tier-rules';
import { type CampaignCase, type TieredCase } from '../cases.ts';
import { go, type StepResult } from '../story.ts';

/** Finds the creator's tier for this campaign, by the ruleset, the brand's data and the outcome of earlier alerts. */
export function chooseTier(one: CampaignCase): StepResult<TieredCase> {
  const { ruleset, creator } = one;
  const { history, pin, now } = one.standing;
  const campaign = campaignFactsOf(one);
  const tier = decideTier({ ruleset, creator: riskOf(creator), campaign, history, pin, now });
  return go({ ...one, creatorFacts: tier.creatorFacts, tier });
}

export function campaignFactsOf({ campaign }: Pick<CampaignCase, 'campaign'>): CampaignFacts {
  const { sensitivity, niche = '', competitiveMarket = false } = campaign;
  return { sensitivity, niche, competitiveMarket };
}

export function riskOf(creator: Creator | null): Creator['risk'] | null {
  return creator?.risk ?? null;
}
