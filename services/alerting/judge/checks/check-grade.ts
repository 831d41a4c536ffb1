import { alertGradesOf } from '@leakwatch/contracts';
import { type CampaignCase } from '../cases.ts';
import { go, stop, type StepResult } from '../story.ts';

/**
 * Stops a picture in a grade that raises no alert by the policy of its asset, else of the campaign, in the current watch list. A term and a
 * detection of an earlier version have no grade.
 */
export function checkGrade(one: CampaignCase): StepResult<CampaignCase> {
  const { grade, itemId } = one.detection.evidence;
  if (grade === undefined) return go(one);
  const grades = alertGradesOf(one.campaign, { alertOn: one.campaign.ownAlertOn.get(itemId) });
  if (grades.includes(grade)) return go(one);
  return stop(
    'grade-not-alerting',
    `the picture is graded ${grade}, and the asset alerts on ${grades.join(', ')}`,
  );
}
