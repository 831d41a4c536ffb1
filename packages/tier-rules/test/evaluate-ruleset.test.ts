import { type Severity, type Tier } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import {
  BUILT_IN_RULESET,
  compileRuleset,
  evaluate,
  lowestThreshold,
  RuleFactsSchema,
  thresholdFor,
  tierDefinition,
  type Ruleset,
} from '../index.ts';

const builtIn = compileRuleset(BUILT_IN_RULESET);
const FACTS = RuleFactsSchema.parse({});
const BREAKS = 'match.how[9] == match.kind';

interface OneRule {
  readonly when?: string;
  readonly status?: 'draft' | 'shadow' | 'active';
  readonly level?: Severity;
  readonly tiers?: readonly Tier[];
}

/** The tiers and niches of the built-in ruleset with rules of the test, `rule-1` first. */
function withRules(...rules: OneRule[]): Ruleset {
  const [before = ''] = BUILT_IN_RULESET.split(/^rules:/m);
  const texts = rules.map(
    ({ when = 'true', status = 'active', level = 'low', tiers }, n) => `
  - id: rule-${n + 1}
    title: A rule
    status: ${status}
    level: ${level}
    ${tiers === undefined ? '' : `tiers: [${tiers.join(', ')}]`}
    when: "${when}"
    falsepositives: [none]
    tests:
      positive: [{ name: a }]
      negative: [{ name: b }]
      afterEmbargo: [{ name: c, facts: { embargo: { lifted: true } } }]`,
  );
  return compileRuleset(`${before}rules:${texts.join('')}\n`);
}

const matched = (...rules: OneRule[]) => evaluate(withRules(...rules), FACTS).match?.ruleId ?? null;

describe('the rule that raises the alert', () => {
  it('is the first active one that matches', () => {
    expect(matched({ when: 'false' }, {}, {})).toBe('rule-2');
    expect(matched({ when: 'false' })).toBeNull();
  });

  it('is never a draft, nor one on trial', () => {
    expect(matched({ status: 'draft' }, { status: 'shadow' }, {})).toBe('rule-3');
  });

  it('is for the tier of the creator, if it names any', () => {
    const rules = [{ tiers: [4, 5] }, { tiers: [1] }] as const;
    expect(matched(...rules)).toBe('rule-2');
    expect(evaluate(withRules(...rules), { ...FACTS, tier: 5 }).match?.ruleId).toBe('rule-1');
    expect(evaluate(withRules(...rules), { ...FACTS, tier: 3 }).match).toBeNull();
  });

  it.each(['low', 'critical'] as const)('gives its severity and the time for it: %s', (level) => {
    const ruleset = withRules({ level });
    expect(evaluate(ruleset, FACTS).match).toEqual({
      ruleId: 'rule-1',
      severity: level,
      minutesToAct: tierDefinition(ruleset, 1).minutesToAct[level],
      tellRescans: false,
    });
  });
});

describe('rules on trial', () => {
  it('are all named that match, before and after the one that counts', () => {
    const outcome = evaluate(
      withRules({ status: 'shadow' }, {}, { status: 'shadow', when: 'false' }, { status: 'shadow' }),
      FACTS,
    );
    expect(outcome.shadows).toEqual(['rule-1', 'rule-4']);
  });

  it('may break without a word', () => {
    expect(evaluate(withRules({ status: 'shadow', when: BREAKS }), FACTS)).toEqual({
      match: null,
      shadows: [],
      failures: [],
    });
  });
});

describe('active rules that break', () => {
  it('are named with the reason, and the next one is tried', () => {
    const { match, failures } = evaluate(withRules({ when: BREAKS }, { when: BREAKS }, {}), FACTS);
    expect(match?.ruleId).toBe('rule-3');
    expect(failures.map(({ ruleId }) => ruleId)).toEqual(['rule-1', 'rule-2']);
    expect(failures[0]?.message).toContain('index out of bounds');
  });

  it('are not asked after one has matched, or for another tier', () => {
    expect(evaluate(withRules({}, { when: BREAKS }), FACTS).failures).toEqual([]);
    expect(evaluate(withRules({ when: BREAKS, tiers: [4] }), FACTS).failures).toEqual([]);
  });
});

describe('the least certain that a match may be', () => {
  const niche = (easeThreshold: Record<string, number>) => ({
    ...builtIn,
    niches: [{ niche: 'knitting', focus: 'wool', easeThreshold }],
  });
  const facts = (match: object, campaign = 'knitting') =>
    RuleFactsSchema.parse({ match, campaign: { niche: campaign } });
  const tier = { confidenceThreshold: 0.6 };

  it.each([
    ['the kind of the match', { asset: 0.1 }, { kind: 'asset' }, 0.5],
    ['the kind of its term', { sku: 0.2 }, { kind: 'term', itemKind: 'sku' }, 0.4],
    ['whichever eases more', { term: 0.3, sku: 0.2 }, { kind: 'term', itemKind: 'sku' }, 0.3],
    ['neither of them', { place: 0.2 }, { kind: 'term', itemKind: 'sku' }, 0.6],
  ])('goes by %s', (_name, eased, match, threshold) => {
    expect(thresholdFor(niche(eased), tier, facts(match))).toBe(threshold);
  });

  it('is never below nothing, and that of the tier in another niche', () => {
    expect(thresholdFor(niche({ term: 0.9 }), tier, facts({}))).toBe(0);
    expect(thresholdFor(niche({ term: 0.9 }), tier, facts({}, 'chess'))).toBe(0.6);
  });

  it('for whatever match is that of what is eased most', () => {
    const { confidenceThreshold } = tierDefinition(builtIn, 4);
    expect(lowestThreshold(niche({ sku: 0.05, place: 0.1 }), 4, 'knitting')).toBeCloseTo(
      confidenceThreshold - 0.1,
      9,
    );
    expect(lowestThreshold(niche({}), 4, 'knitting')).toBe(confidenceThreshold);
    expect(lowestThreshold(niche({ sku: 0.05 }), 4, 'chess')).toBe(confidenceThreshold);
    expect(lowestThreshold(niche({ sku: 0.99 }), 4, 'knitting')).toBe(0);
  });
});

it('a ruleset that lacks a tier says which', () => {
  expect(() => tierDefinition({ ...builtIn, tiers: [] }, 3)).toThrow('the ruleset lacks tier 3');
});
