import { NameIdSchema, SeveritySchema, TierSchema } from '@leakwatch/contracts';
import { z } from 'zod';
import { RuleFactsSchema } from './facts.ts';

const minutes = z.int().min(1);
/** CEL: checked after the envelope, against the facts that it may use. */
const condition = z.string().min(1);

const bySeverity = z.strictObject({ low: minutes, medium: minutes, high: minutes, critical: minutes });

const ReasonSchema = z.strictObject({ when: condition, reason: z.string().min(1) });

/** One tier: its conditions and its settings. */
const TierDefinitionSchema = z.strictObject({
  tier: TierSchema,
  name: z.string().min(1),
  /** Any of these puts a creator into the tier; without it the tier takes all remaining creators. */
  because: z.array(ReasonSchema).min(1).optional(),
  /** Rules compare a detection's confidence with it. */
  confidenceThreshold: z.number().min(0).max(1),
  /** From the alert to the deadline to act on it. */
  minutesToAct: bySeverity,
  /** From the alert to the deadline to resolve it; default: eight times as long as to act. */
  minutesToResolve: bySeverity.optional(),
  /** The people to notify when a deadline passes, level by level. */
  escalateTo: z.array(z.string().min(1)).min(1).max(10).optional(),
  /** Sends a notice for each alert, or a digest of many; serious alerts are always sent at once. */
  tell: z.enum(['immediately', 'digest']).default('immediately'),
  /** The posts that people review, with or without an alert. */
  review: z
    .strictObject({
      /** Share of posts drawn at random. */
      randomShare: z.number().min(0).max(1).default(0),
      /** Every n-th post of a creator. */
      everyNth: z.int().min(1).nullable().default(null),
      /** Every post while an embargo that concerns the creator has not lifted. */
      campaignWindow: z.boolean().default(false),
    })
    .prefault({}),
  /** Days that a creator stays in it on the way down, after their last serious alert was closed. */
  holdDays: z.int().min(0).max(3650).default(0),
});

/** The matches that deserve most attention in a line of business. */
const NicheSchema = z.strictObject({
  niche: z.string().min(1),
  /** In a few words, for people. */
  focus: z.string().min(1),
  /**
   * How far a match may fall below the tier's threshold, by `asset` or `term`, or by a term's kind in the watch list
   * (`sku`, `price` …). The greatest of several counts.
   */
  easeThreshold: z.record(z.string().min(1), z.number().min(0).max(0.5)),
});

const RiskFactorSchema = z.strictObject({
  when: condition,
  /** Negative points lower the risk. */
  points: z.int(),
  reason: z.string().min(1),
});

const RuleTestSchema = z.strictObject({ name: z.string().min(1), facts: RuleFactsSchema.prefault({}) });
export type RuleTest = z.infer<typeof RuleTestSchema>;

const RuleTestsSchema = z.strictObject({
  /** Facts on which the rule must match. */
  positive: z.array(RuleTestSchema).min(1),
  /** Facts on which it must not. */
  negative: z.array(RuleTestSchema).min(1),
  /** Facts of a post published after the embargo's lift: it must not match. */
  afterEmbargo: z.array(RuleTestSchema).min(1),
});

/** A Sigma-like envelope (sigmahq.io) around one condition. */
const RuleSchema = z.strictObject({
  id: NameIdSchema.regex(/^[a-z0-9-]+$/, 'must be lower-case letters, digits and hyphens'),
  title: z.string().min(1),
  /** A draft is only tested, a shadow rule counts but raises no alert, an active one raises alerts. */
  status: z.enum(['draft', 'shadow', 'active']),
  level: SeveritySchema,
  /** The tiers that it applies to; all without it. */
  tiers: z.array(TierSchema).min(1).optional(),
  when: condition,
  /** True: people get notices of a re-scan's findings as of live posts. False: the findings are only shown in lists. */
  tellRescans: z.boolean().default(false),
  falsepositives: z.array(z.string().min(1)).min(1),
  tests: RuleTestsSchema,
});

export const RulesetSchema = z.strictObject({
  version: z.literal(1),
  /** Tried in order; exactly the last has no `because`. */
  tiers: z.array(TierDefinitionSchema).length(5, 'must define the five tiers'),
  riskFactors: z.array(RiskFactorSchema).default([]),
  /** Alerts confirmed within this many days are `creator.recentLeaks`. */
  leakWindowDays: z.int().min(1).max(3650).default(90),
  /** Days of a creator's history that are scanned again when they enter tier 4. */
  lookBackDays: z.int().min(1).max(3650).default(30),
  niches: z.array(NicheSchema).default([]),
  /** Tried in order; the first active rule that matches raises the alert. */
  rules: z.array(RuleSchema).min(1),
});
export type RulesetSource = z.infer<typeof RulesetSchema>;
