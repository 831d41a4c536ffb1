import { type AlertCase } from '../../judge/cases.ts';
import { embargoStanding } from '../../judge/checks/check-embargo.ts';
import { scoreSeverity, type SeverityScore } from './score-severity.ts';

/** @param posts - in the incident, this one included */
export function severityOf(one: AlertCase, posts: number): SeverityScore {
  const { post, evidence } = one.detection;
  return scoreSeverity({
    level: one.rule.severity,
    confidence: evidence.confidence,
    sensitivity: one.campaign.sensitivity,
    hoursLeft: embargoStanding(one.campaign, post.publishedAt).hoursLeft,
    followers: one.creatorFacts.followers,
    tier: one.tier.tier,
    posts,
  });
}
