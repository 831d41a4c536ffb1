import { type CampaignCase, type DetectionCase } from '../cases.ts';
import { go, stop, type StepResult } from '../story.ts';

/** Looks up campaign and creator in the current watch list, not in the one that the matcher used. */
export function findCampaign(one: DetectionCase): StepResult<CampaignCase> {
  const { post, evidence } = one.detection;
  const campaign = one.campaigns.campaigns.get(evidence.campaignId);
  if (campaign === undefined) {
    return stop(
      'unknown-campaign',
      `version ${one.campaigns.version} of the watch list has no such campaign`,
    );
  }
  return go({ ...one, campaign, creator: one.campaigns.creators.get(post.creatorId) ?? null });
}
