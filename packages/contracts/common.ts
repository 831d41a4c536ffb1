/** Words that several contracts share. A browser loads this file, too: it imports zod only. */
import { z } from 'zod';

/** An instant: RFC 3339 with a zone, normalised to UTC with milliseconds. */
export const InstantSchema = z.iso
  .datetime({ offset: true, error: 'must be an RFC 3339 instant with a zone, like 2026-11-22T09:00:00Z' })
  .overwrite(toUtc);

/** `2026-11-22T09:00:00.000Z`: a UTC instant of this length has only one spelling. */
const UTC_LENGTH = 24;

/** zod runs this on refused values, too: they stay unchanged. */
function toUtc(value: string): string {
  if (value.length === UTC_LENGTH && value.endsWith('Z')) return value;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? value : at.toISOString();
}

/** A name that people choose for a campaign, a term, a creator …: short, printable, without white space at its ends. */
export const NameIdSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\S(?:.*\S)?$/, 'must not be empty or begin or end with white space');

/** A lane of the matcher: text and images are separate consumer groups. */
export const LaneSchema = z.enum(['text', 'image']);
export type Lane = z.infer<typeof LaneSchema>;

export const TierSchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);
/** 1 bulk, 2 sampled, 3 focused, 4 investigative, 5 relationship. */
export type Tier = z.infer<typeof TierSchema>;
/** From the closest watched on. Tier 5 is last: nobody has longer deadlines, and none of its posts is drawn for review but by the uniform share. */
export const TIERS_BY_CLOSENESS: readonly Tier[] = [4, 3, 2, 1, 5];

export const SeveritySchema = z.enum(['low', 'medium', 'high', 'critical']);
export type Severity = z.infer<typeof SeveritySchema>;

export const SensitivitySchema = z.enum(['low', 'normal', 'high', 'critical']);
export type Sensitivity = z.infer<typeof SensitivitySchema>;

/** An alert's state; services/alerting/incidents/life/alert-life.ts draws the moves. */
export const AlertStateSchema = z.enum(['open', 'acknowledged', 'investigating', 'resolved']);
export type AlertState = z.infer<typeof AlertStateSchema>;

export const VerdictKindSchema = z.enum(['confirmed', 'false-positive', 'approved']);
export type VerdictKind = z.infer<typeof VerdictKindSchema>;

/** How a resolved alert ended: by a verdict on it, or as a duplicate of another. */
export const ResolutionSchema = z.enum([...VerdictKindSchema.options, 'duplicate']);
export type Resolution = z.infer<typeof ResolutionSchema>;

/** The violation that a creator is suspected of; it chooses the playbook. */
export const ViolationSchema = z.enum([
  'early-post',
  'leaked-image',
  'undisclosed-price',
  'missing-disclosure',
]);
export type Violation = z.infer<typeof ViolationSchema>;
