export * from './assign-tier.ts';
export { BUILT_IN_RULESET } from './built-in-ruleset.ts';
export {
  compileRuleset,
  type Niche,
  type ReviewPolicy,
  type RiskFactor,
  type Rule,
  type Ruleset,
  type TierDefinition,
} from './compile-ruleset.ts';
export {
  decideTier,
  isCloser,
  isSerious,
  type PastAlert,
  type TierDecision,
  type TierPin,
  type TierQuestion,
} from './decide-tier.ts';
export {
  evaluate,
  lowestThreshold,
  thresholdFor,
  tierDefinition,
  type RuleMatch,
  type RuleOutcome,
} from './evaluate-ruleset.ts';
export { ExpressionFailure } from './expression.ts';
export {
  HOURS_LEFT_UNDATED,
  RuleFactsSchema,
  type CampaignFacts,
  type CreatorFacts,
  type RuleFacts,
} from './facts.ts';
export { RulesetError, type RulesetProblem } from './ruleset-error.ts';
export { runRuleTests, type RuleTestResult } from './run-rule-tests.ts';
