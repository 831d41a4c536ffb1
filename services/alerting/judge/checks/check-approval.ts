import { approvalOf } from '../approvals.ts';
import { type CampaignCase } from '../cases.ts';
import { go, stop, type StepResult } from '../story.ts';

/** Stops a post that the brand allowed, by its address, its id on the platform, or its text. */
export function checkApproval(one: CampaignCase): StepResult<CampaignCase> {
  switch (approvalOf(one.detection, one.campaign.approvals)) {
    case 'post':
      return stop('approved-post', 'the campaign lists the post among its approved ones');
    case 'text':
      return stop('approved-text', 'the text is one that the campaign lists among its approved ones');
    case null:
      return go(one);
  }
}
