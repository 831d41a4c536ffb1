import { type Severity, type Tier } from '@leakwatch/contracts';
import { type Rule, type Ruleset, type TierDefinition } from './compile-ruleset.ts';
import { ExpressionFailure } from './expression.ts';
import { type RuleFacts } from './facts.ts';

export interface RuleMatch {
  readonly ruleId: string;
  readonly severity: Severity;
  /** From the alert to the deadline to act on it. */
  readonly minutesToAct: number;
  /** Says if people get a notice when a re-scan finds it. */
  readonly tellRescans: boolean;
}

export interface RuleOutcome {
  /** The first active rule that matched. */
  readonly match: RuleMatch | null;
  /** Ids of the shadow rules that matched: they count but raise no alert. */
  readonly shadows: readonly string[];
  /** Active rules that failed on these facts. Without a match, they may have hidden one. */
  readonly failures: readonly { readonly ruleId: string; readonly message: string }[];
}

/** Evaluates the rules on one detection. */
export function evaluate(ruleset: Ruleset, facts: RuleFacts): RuleOutcome {
  const tier = tierDefinition(ruleset, facts.tier);
  const shadows: string[] = [];
  const failures: { ruleId: string; message: string }[] = [];
  let match: RuleMatch | null = null;
  for (const rule of ruleset.rules) {
    if (rule.status === 'draft' || (rule.status === 'active' && match !== null)) continue;
    const outcome = tryRule(ruleset, rule, tier, facts);
    if (outcome instanceof ExpressionFailure) {
      if (rule.status === 'active') failures.push({ ruleId: rule.id, message: outcome.message });
    } else if (outcome && rule.status === 'shadow') {
      shadows.push(rule.id);
    } else if (outcome) {
      match = {
        ruleId: rule.id,
        severity: rule.level,
        minutesToAct: tier.minutesToAct[rule.level],
        tellRescans: rule.tellRescans,
      };
    }
  }
  return { match, shadows, failures };
}

function tryRule(
  ruleset: Ruleset,
  rule: Rule,
  tier: TierDefinition,
  facts: RuleFacts,
): boolean | ExpressionFailure {
  try {
    return ruleMatches(ruleset, rule, tier, facts);
  } catch (error) {
    if (error instanceof ExpressionFailure) return error;
    throw error;
  }
}

/** @throws ExpressionFailure if the rule fails on these facts */
export function ruleMatches(
  ruleset: Pick<Ruleset, 'niches'>,
  rule: Rule,
  tier: TierDefinition,
  facts: RuleFacts,
): boolean {
  if (rule.tiers !== null && !rule.tiers.has(tier.tier)) return false;
  const threshold = thresholdFor(ruleset, tier, facts);
  return rule.condition.evaluate({
    ...facts,
    tier: { number: tier.tier, threshold },
  });
}

/**
 * The least confidence for a match: the tier's threshold, less the easing of the campaign's niche. Of the easings for the
 * match's kind and its term's kind, the greater counts. Never below 0.
 */
export function thresholdFor(
  { niches }: Pick<Ruleset, 'niches'>,
  { confidenceThreshold }: Pick<TierDefinition, 'confidenceThreshold'>,
  { match, campaign }: Pick<RuleFacts, 'match' | 'campaign'>,
): number {
  const preset = niches.find(({ niche }) => niche === campaign.niche);
  if (preset === undefined) return confidenceThreshold;
  const eased = [match.kind, match.itemKind].map((kind) => preset.easeThreshold[kind] ?? 0);
  return easeBy(confidenceThreshold, Math.max(...eased));
}

/** The lowest threshold for any match in a campaign of this niche: {@link thresholdFor} with the greatest easing. */
export function lowestThreshold(ruleset: Ruleset, tier: Tier, niche: string): number {
  const preset = ruleset.niches.find((candidate) => candidate.niche === niche);
  const eased = Object.values(preset?.easeThreshold ?? {});
  return easeBy(tierDefinition(ruleset, tier).confidenceThreshold, Math.max(0, ...eased));
}

/** Rounds to four places, because 0.6 − 0.1 is not 0.5 in floating point. */
function easeBy(threshold: number, by: number): number {
  return Math.max(0, Math.round((threshold - by) * 10_000) / 10_000);
}

/** Returns a ruleset's definition of a tier; a compiled ruleset has all five. */
export function tierDefinition(ruleset: Ruleset, tier: Tier): TierDefinition {
  const definition = ruleset.tiers.find((candidate) => candidate.tier === tier);
  if (definition === undefined) throw new Error(`the ruleset lacks tier ${tier}`);
  return definition;
}
