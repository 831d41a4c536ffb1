import { RiskAttributesSchema } from '@leakwatch/contracts';
import { expect, it } from 'vitest';
import { campaignFactsOf, chooseTier, riskOf } from '../../../judge/checks/choose-tier.ts';
import { campaignCase, valueOf, type CaseTraits } from '../../support/cases.ts';

const NOW = new Date('2026-11-20T09:00:00.000Z');
const pin = {
  creatorId: 'mara',
  campaignId: 'aurora',
  tier: 2,
  by: 'ana',
  reason: 'a good partner',
  pinnedAt: new Date('2026-11-19T09:00:00.000Z'),
  expiresAt: new Date('2026-11-21T09:00:00.000Z'),
} as const;

it('chooses by what the brand knows of the creator', () => {
  const ordinary = valueOf(chooseTier(campaignCase({ creator: { risk: { partnerships: 4 } } })));
  expect(ordinary).toMatchObject({ tier: { tier: 1 }, creatorFacts: { registered: true, partnerships: 4 } });
  const investigated = { risk: { partnerships: 4, underInvestigation: true } };
  expect(valueOf(chooseTier(campaignCase({ creator: investigated }))).tier.tier).toBe(4);
  expect(valueOf(chooseTier(campaignCase({ creator: null }))).creatorFacts.registered).toBe(false);
});

it('asks the pin and the earlier alerts, as of now', () => {
  const serious = {
    openedAt: pin.pinnedAt,
    resolvedAt: null,
    severity: 'critical',
    resolution: null,
  } as const;
  const creator = { risk: { partnerships: 3 } };
  const chosen = (more: NonNullable<CaseTraits['more']>) =>
    valueOf(chooseTier(campaignCase({ creator, more })));
  const pinned = chosen({ standing: { history: [], pin, now: NOW } }).tier;
  expect(pinned.tier).toBe(2);
  expect(pinned.reasons[0]).toMatch(/^pinned by ana /);
  expect(chosen({ standing: { history: [], pin, now: pin.expiresAt } }).tier.tier).toBe(1);
  expect(chosen({ standing: { history: [serious], pin: null, now: NOW } }).tier.tier).toBe(4);
});

it('knows of a campaign its sensitivity, its niche and its market', () => {
  expect(campaignFactsOf(campaignCase())).toEqual({
    sensitivity: 'normal',
    niche: '',
    competitiveMarket: false,
  });
  const campaign = { sensitivity: 'high', niche: 'gaming', competitiveMarket: true } as const;
  expect(campaignFactsOf(campaignCase({ campaign }))).toEqual(campaign);
});

it('knows no risk of an account that no brand has registered', () => {
  expect(riskOf(null)).toBeNull();
  expect(riskOf(campaignCase({ creator: {} }).creator)).toEqual(RiskAttributesSchema.parse({}));
});
