import { z } from 'zod';
import { InstantSchema, NameIdSchema, SeveritySchema, TierSchema } from './common.ts';
import { HashIdSchema, hashId } from './ids.ts';
import { DetectionSchema } from './detection.ts';
import { VerdictKindSchema } from './verdict.ts';

/** Where an alert stands; what moves it is drawn in services/alerting/incidents/life/alert-life.ts. */
export const AlertStateSchema = z.enum(['open', 'acknowledged', 'investigating', 'resolved']);
export type AlertState = z.infer<typeof AlertStateSchema>;

/** How a resolved alert ended: by a verdict on it, or as the same incident as another. */
export const ResolutionSchema = z.enum([...VerdictKindSchema.options, 'duplicate']);
export type Resolution = z.infer<typeof ResolutionSchema>;

/** What a creator is thought to have done: it chooses the playbook. */
export const ViolationSchema = z.enum([
  'early-post',
  'leaked-image',
  'undisclosed-price',
  'missing-disclosure',
]);
export type Violation = z.infer<typeof ViolationSchema>;

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
  /** By when an analyst should have acknowledged it. */
  dueAt: InstantSchema,
  /** By when it should be resolved; null of an alert from before there was such a deadline. */
  resolveDueAt: InstantSchema.nullable().default(null),
  /** Null until it is resolved. */
  resolution: ResolutionSchema.nullable().default(null),
  resolvedAt: InstantSchema.nullable().default(null),
  /** Null while nobody has taken notice. */
  acknowledgedAt: InstantSchema.nullable().default(null),
  acknowledgedBy: z.string().nullable().default(null),
  /** Until then, or until it happens again, it waits; null: it does not. */
  snoozedUntil: InstantSchema.nullable().default(null),
  assignee: z.string().nullable().default(null),
  /** How far up the chain it has gone since somebody last acted: 0 not at all. */
  escalationLevel: z.int().min(0).default(0),
  /** The alert that it is the same incident as. */
  duplicateOf: HashIdSchema.nullable().default(null),
  /** When it was last opened again, by a person or by itself; null: never. */
  reopenedAt: InstantSchema.nullable().default(null),
  /** How often it happened again after it had been resolved. */
  regressions: z.int().min(0).default(0),
  /** Why it is as severe as it is, each point explained. */
  severityReasons: z.array(z.string()).default([]),
  violation: ViolationSchema.nullable().default(null),
  /** When nothing that was found stood any more, by edits or deletions; null while any of it stands. */
  correctedAt: InstantSchema.nullable().default(null),
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

/** What can become of an alert. A verdict is what resolves it; `merged` resolves it as a duplicate. */
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
]);
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
