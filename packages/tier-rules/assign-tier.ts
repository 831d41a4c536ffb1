import { type Tier } from '@leakwatch/contracts';
import { type Ruleset } from './compile-ruleset.ts';
import { type CampaignFacts, type CreatorFacts, type RiskFacts } from './facts.ts';

export interface TierAssignment {
  readonly tier: Tier;
  /** Why, in the order of the ruleset; `+15 first collaboration` explains a point of the risk score. */
  readonly reasons: readonly string[];
  readonly riskScore: number;
  /** The reasons that explain the score. */
  readonly scoreReasons: readonly string[];
}

/** Assigns a creator's tier for one campaign: the first tier of the ruleset with a reason that holds, else the last. */
export function assignTier(ruleset: Ruleset, creator: CreatorFacts, campaign: CampaignFacts): TierAssignment {
  const { score, explanations } = riskScore(ruleset, { creator, campaign });
  for (const { tier, name, because } of ruleset.tiers) {
    const reasons =
      because === null
        ? [`${name}: no reason for another tier`]
        : because
            .filter(({ condition }) => condition.evaluate({ creator, campaign, risk: { score } }))
            .map(({ reason }) => reason);
    if (reasons.length > 0) {
      return { tier, reasons: [...reasons, ...explanations], riskScore: score, scoreReasons: explanations };
    }
  }
  throw new Error('the ruleset has no last tier for the remaining creators');
}

function riskScore(ruleset: Ruleset, facts: RiskFacts): { score: number; explanations: string[] } {
  const factors = ruleset.riskFactors.filter(({ condition }) => condition.evaluate(facts));
  return {
    score: factors.reduce((sum, { points }) => sum + points, 0),
    explanations: factors.map(
      ({ points, reason }) => `${points < 0 ? '−' : '+'}${Math.abs(points)} ${reason}`,
    ),
  };
}
