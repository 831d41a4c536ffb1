/** Words that several answers share. They repeat @leakwatch/contracts, which a browser can not load; a test compares both. */
import { z } from 'zod';

export const IdSchema = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits');
export const NameSchema = z.string().min(1).max(200);
/** RFC 3339, UTC. */
export const InstantSchema = z.iso.datetime({ offset: true });

export const SeveritySchema = z.enum(['low', 'medium', 'high', 'critical']);
export type Severity = z.infer<typeof SeveritySchema>;

export const TierSchema = z.int().min(1).max(5);

export const StateSchema = z.enum(['open', 'acknowledged', 'investigating', 'resolved']);
export type State = z.infer<typeof StateSchema>;

/** On screen: leak, false alarm, approved. */
export const VerdictKindSchema = z.enum(['confirmed', 'false-positive', 'approved']);
export type VerdictKind = z.infer<typeof VerdictKindSchema>;

export const ResolutionSchema = z.enum([...VerdictKindSchema.options, 'duplicate']);
export type Resolution = z.infer<typeof ResolutionSchema>;

export const ViolationSchema = z.enum([
  'early-post',
  'leaked-image',
  'undisclosed-price',
  'missing-disclosure',
]);
export type Violation = z.infer<typeof ViolationSchema>;

/** Start and end (exclusive) in UTF-16 units. */
export const SpanSchema = z.tuple([z.int().min(0), z.int().min(0)]);
export type Span = z.infer<typeof SpanSchema>;

/** Bounds of an estimate at 95 % confidence. */
export const IntervalSchema = z.object({ low: z.number(), high: z.number() });

/** One way in which a match was disguised: the engine's word, and the same for people. */
export const DisguiseSchema = z.object({ code: z.string(), says: z.string() });
export type Disguise = z.infer<typeof DisguiseSchema>;
