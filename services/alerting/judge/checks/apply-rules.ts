import { evaluate, thresholdFor, tierDefinition, type RuleFacts } from '@leakwatch/tier-rules';
import { type AlertCase, type TieredCase } from '../cases.ts';
import { go, stop, type StepResult } from '../story.ts';
import { embargoStanding, isDisclosed } from './check-embargo.ts';
import { campaignFactsOf } from './choose-tier.ts';

/** A rule broke on a detection and may have hidden an alert: the detection must not pass as innocent. */
export class BrokenRuleError extends Error {
  constructor(failures: readonly { ruleId: string; message: string }[]) {
    super(failures.map(({ ruleId, message }) => `rule \`${ruleId}\`: ${message}`).join('; '));
    this.name = 'BrokenRuleError';
  }
}

/**
 * Asks the rules, in order, whether this is an alert and how severe it is.
 *
 * @throws BrokenRuleError if none matched and one that might have could not be evaluated
 */
export function applyRules(one: TieredCase): StepResult<AlertCase> {
  const facts = ruleFactsOf(one);
  const { match, shadows, failures } = evaluate(one.ruleset, facts);
  if (match !== null) return go({ ...one, rule: match, shadows });
  if (failures.length > 0) throw new BrokenRuleError(failures);
  const { confidence } = one.detection.evidence;
  const threshold = thresholdFor(one.ruleset, tierDefinition(one.ruleset, one.tier.tier), facts);
  if (confidence < threshold) {
    const detail = `confidence ${confidence} is below tier ${one.tier.tier}'s ${threshold}`;
    return stop('below-threshold', detail, shadows);
  }
  const ruleset = one.ruleset.hash.slice(0, 12);
  return stop('no-rule', `no active rule of ruleset ${ruleset} matches in tier ${one.tier.tier}`, shadows);
}

function ruleFactsOf(one: TieredCase): RuleFacts {
  const { post, lane, evidence } = one.detection;
  return {
    match: {
      kind: evidence.kind,
      itemKind: evidence.kind === 'term' ? (one.campaign.termKinds.get(evidence.itemId) ?? '') : '',
      lane,
      confidence: evidence.confidence,
      how: evidence.how,
      disclosed: isDisclosed(one),
    },
    embargo: embargoStanding(one.campaign, post.publishedAt),
    creator: one.creatorFacts,
    campaign: campaignFactsOf(one),
    tier: one.tier.tier,
  };
}
