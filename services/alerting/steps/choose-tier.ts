import { type Creator } from '@leakwatch/contracts';
import { assignTier, type CreatorFacts } from '@leakwatch/tier-rules';
import { type CampaignCase, type TieredCase } from '../cases.ts';
import { go, type StepResult } from '../story.ts';

/** The creator's tier for this campaign, by the ruleset and what the brand knows of them. */
export function chooseTier(one: CampaignCase): StepResult<TieredCase> {
  const creatorFacts = creatorFactsOf(one.creator);
  const tier = assignTier(one.ruleset, creatorFacts, campaignFactsOf(one));
  return go({ ...one, creatorFacts, tier });
}

export function campaignFactsOf({ campaign }: Pick<CampaignCase, 'campaign'>) {
  return { sensitivity: campaign.sensitivity, niche: campaign.niche ?? '' };
}

const UNREGISTERED: CreatorFacts = {
  registered: false,
  partnerships: 0,
  confirmedLeaks: 0,
  concurrentPartnerships: 0,
  trusted: false,
  underInvestigation: false,
  followers: 0,
};

export function creatorFactsOf(creator: Creator | null): CreatorFacts {
  return creator === null ? UNREGISTERED : { registered: true, ...creator.risk };
}
