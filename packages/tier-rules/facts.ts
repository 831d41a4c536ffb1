import { LaneSchema, SensitivitySchema, TierSchema } from '@leakwatch/contracts';
import { z } from 'zod';
import { type FactsOf } from './cel-expression.ts';

/** Facts for risk factors. */
export const RISK_FACTS = {
  creator: {
    registered: 'bool',
    partnerships: 'int',
    confirmedLeaks: 'int',
    concurrentPartnerships: 'int',
    trusted: 'bool',
    underInvestigation: 'bool',
    followers: 'int',
    professionalism: 'int',
    compliance: 'int',
    audienceRelationship: 'int',
    technicalCapability: 'int',
    businessMaturity: 'int',
    recentLeaks: 'int',
    pastLeaks: 'int',
    openSerious: 'int',
  },
  campaign: { sensitivity: 'string', niche: 'string', competitiveMarket: 'bool' },
} as const;
export type RiskFacts = FactsOf<typeof RISK_FACTS>;

/** Facts for a tier's condition: `risk.score` is the sum of the points of the risk factors that hold. */
export const TIERING_FACTS = { ...RISK_FACTS, risk: { score: 'int' } } as const;
export type TieringFacts = FactsOf<typeof TIERING_FACTS>;

/** Facts about a detection for a rule. */
export const RULE_FACTS = {
  match: {
    kind: 'string',
    itemKind: 'string',
    lane: 'string',
    confidence: 'double',
    how: 'list<string>',
    disclosed: 'bool',
  },
  embargo: { dated: 'bool', lifted: 'bool', hoursLeft: 'double' },
  ...RISK_FACTS,
  tier: { number: 'int', threshold: 'double' },
} as const;

/** `embargo.hoursLeft` of a campaign without an embargo's end: a century. */
export const HOURS_LEFT_UNDATED = 876_000;

/** 1 poor to 5 excellent; 0: nothing is known. */
const grade = z.int().min(0).max(5).default(0);

const CreatorFactsSchema = z.strictObject({
  registered: z.boolean().default(true),
  partnerships: z.int().min(0).default(3),
  /** From the brand's own list. */
  confirmedLeaks: z.int().min(0).default(0),
  concurrentPartnerships: z.int().min(0).default(1),
  trusted: z.boolean().default(false),
  underInvestigation: z.boolean().default(false),
  followers: z.int().min(0).default(20_000),
  professionalism: grade,
  compliance: grade,
  audienceRelationship: grade,
  technicalCapability: grade,
  businessMaturity: grade,
  /** Alerts that analysts confirmed within the ruleset's `leakWindowDays`. */
  recentLeaks: z.int().min(0).default(0),
  /** Alerts that analysts ever confirmed. */
  pastLeaks: z.int().min(0).default(0),
  /** Alerts of high or critical severity that are not resolved. */
  openSerious: z.int().min(0).default(0),
});
/**
 * Facts about a creator: the risk attributes, the results of their alerts, and whether a brand has registered the account.
 */
export type CreatorFacts = z.infer<typeof CreatorFactsSchema>;

const CampaignFactsSchema = z.strictObject({
  sensitivity: SensitivitySchema.default('normal'),
  niche: z.string().default(''),
  competitiveMarket: z.boolean().default(false),
});
export type CampaignFacts = z.infer<typeof CampaignFactsSchema>;

/**
 * One detection as the rules see it, with times relative to the post's publication. The defaults are an ordinary case,
 * so that a rule's test says only what is special: a certain term of a normal campaign, two days before its embargo
 * lifts, by a registered creator in tier 1.
 */
export const RuleFactsSchema = z.strictObject({
  match: z
    .strictObject({
      kind: z.enum(['term', 'asset']).default('term'),
      /** The term's kind in the watch list: `sku`, `price` …; empty if it has none, and for assets. */
      itemKind: z.string().default(''),
      lane: LaneSchema.default('text'),
      confidence: z.number().min(0).max(1).default(1),
      how: z.array(z.string()).default([]),
      /** False only if the campaign asks for a disclosure and the post's text is known to have none. */
      disclosed: z.boolean().default(true),
    })
    .prefault({}),
  embargo: z
    .strictObject({
      /** True if the campaign says when its embargo lifts. */
      dated: z.boolean().default(true),
      /** True if it had lifted when the post was published. */
      lifted: z.boolean().default(false),
      /** From the post to the lift; {@link HOURS_LEFT_UNDATED} without a date, negative after the lift. */
      hoursLeft: z.number().default(48),
    })
    .prefault({}),
  creator: CreatorFactsSchema.prefault({}),
  campaign: CampaignFactsSchema.prefault({}),
  tier: TierSchema.default(1),
});
export type RuleFacts = z.infer<typeof RuleFactsSchema>;
