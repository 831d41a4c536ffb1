import { NameIdSchema, SeveritySchema, TierSchema } from '@leakwatch/contracts';
import { z } from 'zod';
import { RuleFactsSchema } from './facts.ts';

const minutes = z.int().min(1);
/** CEL: checked after the envelope, when the facts that it may ask are known. */
const condition = z.string().min(1);

const bySeverity = z.strictObject({ low: minutes, medium: minutes, high: minutes, critical: minutes });

const ReasonSchema = z.strictObject({ when: condition, reason: z.string().min(1) });

/** How one tier is entered and what it asks for. */
const TierDefinitionSchema = z.strictObject({
  tier: TierSchema,
  name: z.string().min(1),
  /** Any of these puts a creator into the tier; without it the tier takes whoever is left. */
  because: z.array(ReasonSchema).min(1).optional(),
  /** Rules compare a detection's confidence with it. */
  confidenceThreshold: z.number().min(0).max(1),
  /** From the alert until somebody should have acted on it. */
  minutesToAct: bySeverity,
  /** From the alert until it should be resolved; without it, eight times as long as to act. */
  minutesToResolve: bySeverity.optional(),
  /** Who hears next when a deadline passes, level by level. */
  escalateTo: z.array(z.string().min(1)).min(1).max(10).optional(),
  /** Whether people hear of an alert as it comes, or of many at once; serious ones are always told at once. */
  tell: z.enum(['immediately', 'digest']).default('immediately'),
  /** Which posts people look at, whether or not they raised an alert. */
  review: z
    .strictObject({
      /** Share of posts that chance draws. */
      randomShare: z.number().min(0).max(1).default(0),
      /** Every so many posts of a creator. */
      everyNth: z.int().min(1).nullable().default(null),
      /** Every post while an embargo that concerns the creator has not lifted. */
      campaignWindow: z.boolean().default(false),
    })
    .prefault({}),
  /** How long a creator stays in it on the way down, when their last serious alert has been closed. */
  holdDays: z.int().min(0).max(3650).default(0),
});

/** What is looked at most closely in a line of business. */
const NicheSchema = z.strictObject({
  niche: z.string().min(1),
  /** In a few words, for people. */
  focus: z.string().min(1),
  /**
   * By how much a match may be less certain than the tier asks: by `asset` or `term`, or by what the watch list calls a term
   * (`sku`, `price` …). Of several, the greatest.
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
  /** A draft is only tested, a shadow rule counts but tells nobody, an active one raises alerts. */
  status: z.enum(['draft', 'shadow', 'active']),
  level: SeveritySchema,
  /** The tiers that it is for; all without it. */
  tiers: z.array(TierSchema).min(1).optional(),
  when: condition,
  /** Whether people are told of what a re-scan has found, as they are of live posts; else it is only shown to those who look. */
  tellRescans: z.boolean().default(false),
  falsepositives: z.array(z.string().min(1)).min(1),
  tests: RuleTestsSchema,
});

export const RulesetSchema = z.strictObject({
  version: z.literal(1),
  /** Tried in order; exactly the last has no `because`. */
  tiers: z.array(TierDefinitionSchema).length(5, 'must define the five tiers'),
  riskFactors: z.array(RiskFactorSchema).default([]),
  /** Alerts confirmed within so many days are `creator.recentLeaks`. */
  leakWindowDays: z.int().min(1).max(3650).default(90),
  /** How much of a creator's history is scanned again when they enter tier 4. */
  lookBackDays: z.int().min(1).max(3650).default(30),
  niches: z.array(NicheSchema).default([]),
  /** Tried in order; the first active rule that matches raises the alert. */
  rules: z.array(RuleSchema).min(1),
});
export type RulesetSource = z.infer<typeof RulesetSchema>;
