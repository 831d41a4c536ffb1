import { z } from 'zod';
import {
  AlertStateSchema,
  InstantSchema,
  NameIdSchema,
  ResolutionSchema,
  SeveritySchema,
  TierSchema,
  ViolationSchema,
} from './common.ts';
import { HashIdSchema, hashId } from './ids.ts';
import { DetectionSchema } from './detection.ts';

/** One detection within an incident. */
export const OccurrenceSchema = z.strictObject({
  detection: DetectionSchema,
  /** When the creator edited the leak away or deleted the post; null while it stands. */
  removedAt: InstantSchema.nullable(),
  removedBy: z.enum(['edit', 'delete']).nullable(),
});
export type Occurrence = z.infer<typeof OccurrenceSchema>;

/** An incident as an analyst sees it: one per creator, campaign and episode. It groups detections. */
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
  /** The tier rule that raised it, and the hash of its ruleset. */
  ruleId: z.string(),
  rulesetHash: HashIdSchema,
  openedAt: InstantSchema,
  updatedAt: InstantSchema,
  /** The deadline to acknowledge it. */
  dueAt: InstantSchema,
  /** The deadline to resolve it; null for an alert from before there was such a deadline. */
  resolveDueAt: InstantSchema.nullable().default(null),
  /** Null until it is resolved. */
  resolution: ResolutionSchema.nullable().default(null),
  resolvedAt: InstantSchema.nullable().default(null),
  /** Null until it is acknowledged. */
  acknowledgedAt: InstantSchema.nullable().default(null),
  acknowledgedBy: z.string().nullable().default(null),
  /** It waits until then, or until it happens again; null: it does not wait. */
  snoozedUntil: InstantSchema.nullable().default(null),
  assignee: z.string().nullable().default(null),
  /** The escalation level reached since a person last acted: 0 none. */
  escalationLevel: z.int().min(0).default(0),
  /** The alert that this one duplicates. */
  duplicateOf: HashIdSchema.nullable().default(null),
  /** The last time it was opened again, by a person or by itself; null: never. */
  reopenedAt: InstantSchema.nullable().default(null),
  /** Number of times it happened again after it had been resolved. */
  regressions: z.int().min(0).default(0),
  /** The points of its severity, each explained. */
  severityReasons: z.array(z.string()).default([]),
  /** 0 to 100: the order within its severity; 0 in events of older versions. */
  priority: z.int().min(0).max(100).default(0),
  violation: ViolationSchema.nullable().default(null),
  /** The time when edits or deletions had removed every finding; null while any is left. */
  correctedAt: InstantSchema.nullable().default(null),
  /** From publication to alert, of the first occurrence. */
  detectionLatencyMs: z.int(),
  /** From ingestion to alert, of the first occurrence. */
  pipelineLatencyMs: z.int(),
  occurrences: z.array(OccurrenceSchema).min(1),
});
export type Alert = z.infer<typeof AlertSchema>;

export function alertId(creatorId: string, campaignId: string, episode: number): string {
  return hashId('alert', creatorId, campaignId, episode);
}

/** The changes of an alert. A verdict resolves it; `merged` resolves it as a duplicate; `undone` takes the last move back. */
export const AlertChangeSchema = z.enum([
  'opened',
  'occurrence-added',
  'content-removed',
  'verdict-given',
  'acknowledged',
  'investigating',
  'snoozed',
  'snooze-ended',
  'reopened',
  'regressed',
  'escalated',
  'assigned',
  'merged',
  'severity-changed',
  'corrected',
  'reported',
  'undone',
]);
export type AlertChange = z.infer<typeof AlertChangeSchema>;

/** A record of the `alerts` topic: the alert after a change. */
export const AlertEventSchema = z.strictObject({
  schemaVersion: z.literal(1),
  id: HashIdSchema,
  change: AlertChangeSchema,
  at: InstantSchema,
  alert: AlertSchema,
});
export type AlertEvent = z.infer<typeof AlertEventSchema>;
