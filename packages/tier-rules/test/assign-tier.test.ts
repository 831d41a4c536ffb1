import { describe, expect, it } from 'vitest';
import { assignTier, BUILT_IN_RULESET, compileRuleset, type CreatorFacts } from '../index.ts';

const ruleset = compileRuleset(BUILT_IN_RULESET);
const ORDINARY: CreatorFacts = {
  registered: true,
  partnerships: 3,
  confirmedLeaks: 0,
  concurrentPartnerships: 1,
  trusted: false,
  underInvestigation: false,
  followers: 20_000,
  professionalism: 0,
  compliance: 0,
  audienceRelationship: 0,
  technicalCapability: 0,
  businessMaturity: 0,
  recentLeaks: 0,
  pastLeaks: 0,
  openSerious: 0,
};
const NORMAL = { sensitivity: 'normal', niche: '', competitiveMarket: false } as const;
const HIGH = { sensitivity: 'high', niche: '', competitiveMarket: false } as const;

describe('a tier is computed from what the brand knows', () => {
  it.each([
    ['an ordinary creator', {}, NORMAL, 1, 'Automated bulk: no reason for another tier'],
    ['a first collaboration', { partnerships: 0 }, NORMAL, 2, 'the risk score reaches 20'],
    ['a creator who leaked before', { confirmedLeaks: 1 }, NORMAL, 3, 'leaked before'],
    ['a highly sensitive campaign', {}, HIGH, 3, 'the campaign is highly sensitive'],
    ['an open investigation', { underInvestigation: true }, NORMAL, 4, 'under investigation'],
    ['a trusted partner', { trusted: true }, HIGH, 5, 'trusted long-term partner without a leak'],
    ['a trusted partner who leaked', { trusted: true, confirmedLeaks: 1 }, NORMAL, 3, 'leaked before'],
    [
      'a trusted partner under investigation',
      { trusted: true, underInvestigation: true },
      NORMAL,
      4,
      'under investigation',
    ],
  ])('%s', (_name, attributes, campaign, tier, reason) => {
    const assignment = assignTier(ruleset, { ...ORDINARY, ...attributes }, campaign);
    expect(assignment.tier).toBe(tier);
    expect(assignment.reasons[0]).toBe(reason);
  });

  it('an account that no brand has registered stays in bulk, even in a critical campaign', () => {
    const unregistered = { ...ORDINARY, registered: false, partnerships: 0 };
    expect(
      assignTier(ruleset, unregistered, { sensitivity: 'critical', niche: '', competitiveMarket: false })
        .tier,
    ).toBe(1);
  });

  it('explains every point of the risk score', () => {
    const creator = { ...ORDINARY, partnerships: 0, concurrentPartnerships: 4 };
    const { riskScore, reasons } = assignTier(ruleset, creator, {
      sensitivity: 'low',
      niche: '',
      competitiveMarket: false,
    });
    expect(riskScore).toBe(20);
    expect(reasons).toEqual([
      'the risk score reaches 20',
      '+20 first collaboration',
      '+10 three partnerships at once or more',
      '−10 low sensitivity',
    ]);
  });
});
