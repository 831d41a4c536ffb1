import { type AlertCase, type DetectionCase } from './cases.ts';
import { applyRules } from './checks/apply-rules.ts';
import { checkApproval } from './checks/check-approval.ts';
import { checkEmbargo } from './checks/check-embargo.ts';
import { checkGrade } from './checks/check-grade.ts';
import { checkSilence } from './checks/check-silence.ts';
import { chooseTier } from './checks/choose-tier.ts';
import { findCampaign } from './checks/find-campaign.ts';
import { beginStory, type Story } from './story.ts';

/** Decides whether a detection is an alert; does no I/O and reads no clock. */
export const judgement: Story<DetectionCase, AlertCase> = beginStory<DetectionCase>()
  .step('find campaign', findCampaign)
  .step('check embargo', checkEmbargo)
  .step('check approval', checkApproval)
  .step('check grade', checkGrade)
  .step('choose tier', chooseTier)
  .step('check silence', checkSilence)
  .step('apply rules', applyRules);
