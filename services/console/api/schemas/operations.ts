import { z } from 'zod';
import {
  AskedInstantSchema,
  IntervalSchema,
  InstantSchema,
  NameSchema,
  SeveritySchema,
  TierSchema,
  VerdictKindSchema,
} from './common.ts';

/** The posts that a re-scan looks through; absent fields set no bound. */
export const RescanScopeSchema = z.strictObject({
  since: AskedInstantSchema.optional(),
  until: AskedInstantSchema.optional(),
  campaigns: z.array(NameSchema).min(1).optional(),
  creators: z.array(NameSchema).min(1).optional(),
  /** Keeps findings in the report and raises no alert. */
  dryRun: z.boolean().default(false),
});
export type RescanScope = z.input<typeof RescanScopeSchema>;

export const RescanEstimateSchema = z.object({
  /** Fingerprints to read. */
  fingerprints: z.int(),
  /** Null before a first re-scan has ended. */
  seconds: z.number().nullable(),
});
export const StartedRescanSchema = z.object({ id: z.string() });
export const RescanChangeSchema = z.strictObject({ change: z.enum(['pause', 'resume', 'cancel']) });

export const RescanResultSchema = z.object({
  id: z.string(),
  state: z.string(),
  error: z.string().nullable(),
  examined: z.int(),
  unreadable: z.int(),
  findings: z.object({ new: z.int(), suppressed: z.int(), known: z.int(), removed: z.int() }),
  /** The earliest posts first. */
  items: z.array(
    z.object({
      standing: z.string(),
      creatorId: z.string(),
      platform: z.string(),
      campaignId: z.string(),
      item: z.string(),
      confidence: z.number(),
      publishedAt: InstantSchema,
    }),
  ),
});
export type RescanResult = z.infer<typeof RescanResultSchema>;

export const ReplayRequestSchema = z.strictObject({
  ids: z.array(z.string().min(1).max(64)).min(1).max(200),
});
export const ReplayAnswerSchema = z.object({
  replayed: z.int(),
  failed: z.array(z.object({ id: z.string(), message: z.string() })),
});

export const NewSilenceSchema = z.strictObject({
  creatorId: NameSchema.optional(),
  campaignId: NameSchema.optional(),
  itemId: NameSchema.optional(),
  tier: TierSchema.optional(),
  endsAt: AskedInstantSchema,
  reason: z.string().trim().min(1, 'a silence needs a reason').max(2000),
});
export type NewSilence = z.infer<typeof NewSilenceSchema>;
export const MadeSilenceSchema = z.object({ id: z.string(), endsAt: InstantSchema });

export const RoutesTrialSchema = z.strictObject({
  text: z.string().min(1).max(200_000),
  since: AskedInstantSchema.optional(),
});
export const TriedRoutesSchema = z.object({
  /** Past changes of alerts that were routed again. */
  events: z.int(),
  channels: z.array(z.object({ channel: z.string(), before: z.int(), after: z.int() })),
  /** The newest of the changes that would be told to other channels. */
  moved: z.array(
    z.object({
      alertId: z.string(),
      change: z.string(),
      at: InstantSchema,
      severity: SeveritySchema,
      tier: TierSchema,
      before: z.array(z.string()),
      after: z.array(z.string()),
    }),
  ),
  movedTotal: z.int(),
});
export type TriedRoutes = z.infer<typeof TriedRoutesSchema>;

export const RulesTrialSchema = z.strictObject({
  text: z.string().min(1).max(200_000),
  since: AskedInstantSchema.optional(),
});
const LabelledSchema = z.object({
  n: z.int(),
  right: z.int(),
  share: z.number().nullable(),
  interval: IntervalSchema.nullable(),
});
export const TriedRulesSchema = z.object({
  detections: z.int(),
  broken: z.int(),
  alertsBefore: z.int(),
  alertsAfter: z.int(),
  precisionBefore: LabelledSchema,
  precisionAfter: LabelledSchema,
  shadows: z.record(z.string(), z.int()),
  added: z.array(
    z.object({
      creatorId: z.string(),
      campaignId: z.string(),
      publishedAt: InstantSchema,
      ruleId: z.string(),
      level: SeveritySchema,
    }),
  ),
  removed: z.array(z.object({ alertId: z.string(), verdict: VerdictKindSchema.nullable() })),
});
export type TriedRules = z.infer<typeof TriedRulesSchema>;
