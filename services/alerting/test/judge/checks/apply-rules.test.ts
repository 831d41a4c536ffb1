import { BUILT_IN_RULESET, compileRuleset, type Ruleset } from '@leakwatch/tier-rules';
import { describe, expect, it } from 'vitest';
import { applyRules, BrokenRuleError } from '../../../judge/checks/apply-rules.ts';
import { chooseTier } from '../../../judge/checks/choose-tier.ts';
import { campaignCase, stopOf, valueOf, type CaseTraits } from '../../support/cases.ts';
import { LIFTS_AT } from '../../support/detections.ts';

const builtIn = compileRuleset(BUILT_IN_RULESET);
const ORDINARY = { risk: { partnerships: 3 } };
const judge = (traits: CaseTraits = {}) =>
  applyRules(valueOf(chooseTier(campaignCase({ creator: ORDINARY, ...traits }))));

/** The built-in ruleset with these rules alone, by their conditions. */
function ruleset(...rules: { when: string; status?: 'active' | 'shadow' }[]): Ruleset {
  const [before = ''] = BUILT_IN_RULESET.split(/^rules:/m);
  const texts = rules.map(
    ({ when, status = 'active' }, n) => `
  - id: rule-${n + 1}
    title: a rule of the test
    status: ${status}
    level: high
    when: "${when}"
    falsepositives: [none]
    tests:
      positive: [{ name: a }]
      negative: [{ name: b }]
      afterEmbargo: [{ name: c, facts: { embargo: { lifted: true } } }]`,
  );
  return compileRuleset(`${before}rules:${texts.join('')}\n`);
}

describe('the rules', () => {
  it('raise an alert with the first one that matches', () => {
    expect(valueOf(judge()).rule).toMatchObject({ ruleId: 'leaked-term', severity: 'medium' });
    expect(valueOf(judge({ kind: 'asset' })).rule.ruleId).toBe('leaked-asset');
    expect(valueOf(judge({ campaign: { sensitivity: 'critical' } })).rule).toMatchObject({
      ruleId: 'critical-campaign-last-days',
      severity: 'critical',
    });
  });

  it('stop below the threshold of the tier, and count what a lower one would add', () => {
    expect(stopOf(judge({ confidence: 0.55 }))).toEqual({
      kind: 'stop',
      reason: 'below-threshold',
      detail: "confidence 0.55 is below tier 1's 0.6",
      shadows: ['just-below-threshold'],
    });
    expect(valueOf(judge({ confidence: 0.6 })).shadows).toEqual([]);
  });

  it('stop where none matches, and name the ruleset and the tier', () => {
    const certain = ruleset({ when: "match.kind == 'asset'" });
    // At the very threshold, too, it is the rules that say no.
    expect(stopOf(judge({ confidence: 0.6, more: { ruleset: certain } })).reason).toBe('no-rule');
    expect(stopOf(judge({ more: { ruleset: certain } }))).toMatchObject({
      reason: 'no-rule',
      detail: `no active rule of ruleset ${certain.hash.slice(0, 12)} matches in tier 1`,
    });
  });

  it('note the rules on trial that match too', () => {
    const trial = ruleset({ when: 'true', status: 'shadow' }, { when: 'true' });
    expect(valueOf(judge({ more: { ruleset: trial } }))).toMatchObject({
      rule: { ruleId: 'rule-2' },
      shadows: ['rule-1'],
    });
    const alone = ruleset({ when: 'true', status: 'shadow' });
    expect(stopOf(judge({ more: { ruleset: alone } })).shadows).toEqual(['rule-1']);
  });

  it.each<[string, string, CaseTraits]>([
    [
      'the kind of a term',
      "match.itemKind == 'price'",
      { campaign: { terms: [{ id: 'codename', text: '79 EUR', kind: 'price' }] } },
    ],
    ['that a term has no kind', "match.itemKind == ''", {}],
    [
      'that a picture has no kind, whatever its id',
      "match.itemKind == '' && match.lane == 'image'",
      { kind: 'asset', campaign: { terms: [{ id: 'codename', text: '79 EUR', kind: 'price' }] } },
    ],
    ['how it matched', "'case' in match.how && match.confidence == 1.0", {}],
    ['the time to the lift', 'embargo.dated && embargo.hoursLeft == 48.0', {}],
    [
      'a missing disclosure',
      '!match.disclosed && embargo.lifted',
      { campaign: { disclosure: {} }, disclosed: false, publishedAt: LIFTS_AT },
    ],
    ['the creator', 'creator.registered && creator.partnerships == 3', {}],
    ['the campaign', "campaign.niche == 'tech'", { campaign: { niche: 'tech' } }],
    ['the tier', 'tier.number == 1 && tier.threshold == 0.6', {}],
  ])('know %s', (_name, when, traits) => {
    expect(judge({ ...traits, more: { ruleset: ruleset({ when }) } }).kind).toBe('go');
    expect(judge({ ...traits, more: { ruleset: ruleset({ when: `!(${when})` }) } }).kind).toBe('stop');
  });
});

describe('a rule that breaks', () => {
  // Divides by zero for a creator without partnerships.
  const breaking = { when: '10 / creator.partnerships > 1' };
  const stranger = { creator: { risk: { partnerships: 0 } } };

  it('may have hidden an alert: no answer is given', () => {
    const attempt = () => judge({ ...stranger, more: { ruleset: ruleset(breaking, breaking) } });
    expect(attempt).toThrow(BrokenRuleError);
    expect(attempt).toThrow(/^rule `rule-1`: .*division by zero.*; rule `rule-2`: /s);
  });

  it('hides nothing where another one matches', () => {
    const answered = judge({ ...stranger, more: { ruleset: ruleset(breaking, { when: 'true' }) } });
    expect(valueOf(answered).rule.ruleId).toBe('rule-2');
  });
});

it('the built-in ruleset is the one that these tests take', () => {
  expect(campaignCase().ruleset.hash).toBe(builtIn.hash);
});
