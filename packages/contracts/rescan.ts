import { z } from 'zod';
import { InstantSchema, LaneSchema, NameIdSchema } from './common.ts';

/** A term or an asset, as detections name it. */
export const ItemReferenceSchema = z.strictObject({
  campaignId: NameIdSchema,
  kind: z.enum(['term', 'asset']),
  itemId: NameIdSchema,
});
export type ItemReference = z.infer<typeof ItemReferenceSchema>;

/** An engine and its version, as in fingerprints: `text/3`. */
export const EngineNameSchema = z
  .string()
  .regex(/^(text|image)\/\d+$/, 'must be an engine and its version, like text/3 or image/2');

/** The scope of a re-scan. Absent fields set no bound. */
export const RescanRequestSchema = z.strictObject({
  /** Posts published at this time or later. */
  since: InstantSchema.optional(),
  /** Posts published before this time. */
  until: InstantSchema.optional(),
  campaigns: z.array(NameIdSchema).min(1).optional(),
  /** Only these terms and assets. */
  items: z.array(ItemReferenceSchema).min(1).optional(),
  creators: z.array(NameIdSchema).min(1).optional(),
  platforms: z.array(NameIdSchema).min(1).optional(),
  lanes: z.array(LaneSchema).min(1).optional(),
  /** Findings below it don't count. */
  minConfidence: z.number().min(0).max(1).default(0),
  /** Only fingerprints of engines older than this one, in each lane. */
  sinceVersion: EngineNameSchema.optional(),
  /** Keeps findings in the job's report and raises no alert. */
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

/** A finding of a re-scan, compared with the stored detections. */
export const FindingStandingSchema = z.enum(['new', 'suppressed', 'known', 'removed']);
export type FindingStanding = z.infer<typeof FindingStandingSchema>;
