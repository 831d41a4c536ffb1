import { z } from 'zod';
import { InstantSchema, NameIdSchema, SeveritySchema, TierSchema } from './common.ts';
import { HashIdSchema, hashId } from './ids.ts';
import { DetectionSchema } from './detection.ts';

export const AlertStateSchema = z.enum(['open', 'resolved']);

/** One detection within an incident. */
export const OccurrenceSchema = z.strictObject({
  detection: DetectionSchema,
  /** When the creator edited the leak away or deleted the post; null while it stands. */
  removedAt: InstantSchema.nullable(),
  removedBy: z.enum(['edit', 'delete']).nullable(),
});
export type Occurrence = z.infer<typeof OccurrenceSchema>;

/** What an analyst sees: one incident a creator, campaign and episode. It groups detections. */
export const AlertSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** {@link alertId} of creator, campaign and episode. */
  id: HashIdSchema,
  creatorId: NameIdSchema,
  campaignId: NameIdSchema,
  /** 1 for a creator's first incident with a campaign. */
  episode: z.int().min(1),
  tier: TierSchema,
  severity: SeveritySchema,
  state: AlertStateSchema,
  /** The tier rule that raised it, and the hash of the whole ruleset it stood in. */
  ruleId: z.string(),
  rulesetHash: HashIdSchema,
  openedAt: InstantSchema,
  updatedAt: InstantSchema,
  /** When an analyst should have acted on it. */
  dueAt: InstantSchema,
  /** Published to alert, of the first occurrence. */
  detectionLatencyMs: z.int(),
  /** Ingested to alert, of the first occurrence. */
  pipelineLatencyMs: z.int(),
  occurrences: z.array(OccurrenceSchema).min(1),
});
export type Alert = z.infer<typeof AlertSchema>;

export function alertId(creatorId: string, campaignId: string, episode: number): string {
  return hashId('alert', creatorId, campaignId, episode);
}

export const AlertChangeSchema = z.enum(['opened', 'occurrence-added', 'content-removed', 'verdict-given']);
export type AlertChange = z.infer<typeof AlertChangeSchema>;

/** A record of the `alerts` topic: the alert as it stands after a change. */
export const AlertEventSchema = z.strictObject({
  schemaVersion: z.literal(1),
  id: HashIdSchema,
  change: AlertChangeSchema,
  at: InstantSchema,
  alert: AlertSchema,
});
export type AlertEvent = z.infer<typeof AlertEventSchema>;
