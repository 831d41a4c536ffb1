import { z } from 'zod';
import { InstantSchema, LaneSchema, NameIdSchema } from './common.ts';

/** A term or an asset, as detections name it. */
export const ItemReferenceSchema = z.strictObject({
  campaignId: NameIdSchema,
  kind: z.enum(['term', 'asset']),
  itemId: NameIdSchema,
});
export type ItemReference = z.infer<typeof ItemReferenceSchema>;

/** An engine of one version, as fingerprints name theirs: `text/3`. */
export const EngineNameSchema = z
  .string()
  .regex(/^(text|image)\/\d+$/, 'must be an engine and its version, like text/3 or image/2');

/** What a re-scan is to look at. What is absent sets no bound. */
export const RescanRequestSchema = z.strictObject({
  /** Posts published at or after it. */
  since: InstantSchema.optional(),
  /** Posts published before it. */
  until: InstantSchema.optional(),
  campaigns: z.array(NameIdSchema).min(1).optional(),
  /** Just these terms and assets. */
  items: z.array(ItemReferenceSchema).min(1).optional(),
  creators: z.array(NameIdSchema).min(1).optional(),
  platforms: z.array(NameIdSchema).min(1).optional(),
  lanes: z.array(LaneSchema).min(1).optional(),
  /** Findings below it don't count. */
  minConfidence: z.number().min(0).max(1).default(0),
  /** Only fingerprints of engines older than this one, lane by lane. */
  sinceVersion: EngineNameSchema.optional(),
  /** What would be found is kept in the job's report and told to nobody. */
  dryRun: z.boolean().default(false),
});
export type RescanRequest = z.infer<typeof RescanRequestSchema>;

export const RescanCauseSchema = z.enum(['request', 'watch-list', 'schedule', 'look-back']);
export type RescanCause = z.infer<typeof RescanCauseSchema>;

/**
 *   waiting ──▶ running ──▶ finished
 *      │  ▲       │  ▲
 *      ▼  │       ▼  │        any that has not ended ──▶ cancelled
 *     paused     paused       waiting ──▶ failed, where its request makes no sense any more
 */
export const RescanStateSchema = z.enum(['waiting', 'running', 'paused', 'finished', 'cancelled', 'failed']);
export type RescanState = z.infer<typeof RescanStateSchema>;

/** What a finding of a re-scan is against what is stored. */
export const FindingStandingSchema = z.enum(['new', 'suppressed', 'known', 'removed']);
export type FindingStanding = z.infer<typeof FindingStandingSchema>;
