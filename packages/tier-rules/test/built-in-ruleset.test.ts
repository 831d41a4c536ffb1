import { describe, expect, it } from 'vitest';
import { BUILT_IN_RULESET, compileRuleset, evaluate, RuleFactsSchema, runRuleTests } from '../index.ts';

const ruleset = compileRuleset(BUILT_IN_RULESET, 'built-in ruleset');

describe("the built-in rules' own tests", () => {
  const results = runRuleTests(ruleset);

  it.each(results)('$ruleId: $kind, $name', ({ failure }) => {
    expect(failure).toBeNull();
  });

  it('reach every rule with a positive, a negative and an after-embargo test', () => {
    const kinds = new Set(results.map(({ ruleId, kind }) => `${ruleId} ${kind}`));
    expect(kinds.size).toBe(ruleset.rules.length * 3);
  });
});

describe('the built-in ruleset', () => {
  const outcome = (facts: unknown) => evaluate(ruleset, RuleFactsSchema.parse(facts));

  it('gives the first matching rule, its severity and the minutes of the tier', () => {
    expect(outcome({ tier: 3, campaign: { sensitivity: 'critical' } }).match).toEqual({
      ruleId: 'critical-campaign-last-days',
      severity: 'critical',
      minutesToAct: 30,
      tellRescans: false,
    });
    expect(outcome({}).match).toMatchObject({
      ruleId: 'leaked-term',
      severity: 'medium',
      minutesToAct: 1440,
    });
  });

  it('asks less confidence of creators in focus than in bulk', () => {
    const match = { confidence: 0.55 };
    expect(outcome({ tier: 1, match }).match).toBeNull();
    expect(outcome({ tier: 3, match }).match?.ruleId).toBe('leaked-term');
    expect(outcome({ tier: 4, match: { confidence: 0.42 } }).match?.ruleId).toBe('investigated-creator');
  });

  it('counts shadow rules apart from the alert', () => {
    expect(outcome({ match: { confidence: 0.55 } })).toEqual({
      match: null,
      shadows: ['just-below-threshold'],
      failures: [],
    });
  });

  it('raises nothing after the lift, whatever else holds', () => {
    const embargo = { lifted: true, hoursLeft: -1 };
    for (const sensitivity of ['low', 'normal', 'high', 'critical']) {
      for (const tier of [1, 2, 3, 4, 5]) {
        expect(outcome({ tier, embargo, campaign: { sensitivity } }).match).toBeNull();
      }
    }
  });
});
