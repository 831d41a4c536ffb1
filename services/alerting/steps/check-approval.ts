import { type CampaignCase } from '../cases.ts';
import { go, stop, type StepResult } from '../story.ts';

/** A post that the brand has allowed, by its address or its platform's id, is no leak. */
export function checkApproval(one: CampaignCase): StepResult<CampaignCase> {
  const { nativeId, canonicalUrl } = one.detection.post;
  const approved = one.campaign.approvedPosts.find((post) => post === nativeId || post === canonicalUrl);
  if (approved === undefined) return go(one);
  return stop('approved-post', 'the campaign lists the post among its approved ones');
}
