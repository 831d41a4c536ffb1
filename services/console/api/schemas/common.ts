/** Words that several answers share. */
import { z } from 'zod';

export {
  AlertStateSchema as StateSchema,
  ResolutionSchema,
  SeveritySchema,
  VerdictKindSchema,
  ViolationSchema,
  type AlertState as State,
  type Resolution,
  type Severity,
  type VerdictKind,
  type Violation,
} from '@leakwatch/contracts/common';

export const IdSchema = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits');
export const NameSchema = z.string().min(1).max(200);
/** RFC 3339, UTC. */
export const InstantSchema = z.iso.datetime({ offset: true });

export const TierSchema = z.int().min(1).max(5);

/** Start and end (exclusive) in UTF-16 units. */
export const SpanSchema = z.tuple([z.int().min(0), z.int().min(0)]);
export type Span = z.infer<typeof SpanSchema>;

/** Bounds of an estimate at 95 % confidence. */
export const IntervalSchema = z.object({ low: z.number(), high: z.number() });

/** One way in which a match was disguised: the engine's word, and the same for people. */
export const DisguiseSchema = z.object({ code: z.string(), says: z.string() });
export type Disguise = z.infer<typeof DisguiseSchema>;
