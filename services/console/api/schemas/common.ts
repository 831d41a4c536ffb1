/** Words that several answers share. */
import { InstantSchema as AnyInstantSchema } from '@leakwatch/contracts/common';
import { z } from 'zod';

export {
  AlertStateSchema as StateSchema,
  LaneSchema,
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

const [FIRST_YEAR, LAST_YEAR] = [1970, 2199];
/** An instant that a person names. Others are slips of the hand, and Postgres has no year 0. */
export const AskedInstantSchema = AnyInstantSchema.refine(
  (text) => {
    const year = new Date(text).getUTCFullYear();
    return Number.isNaN(year) || (year >= FIRST_YEAR && year <= LAST_YEAR);
  },
  { error: `must lie in the years ${FIRST_YEAR} to ${LAST_YEAR}` },
);

/** The number of a row, as its address writes it. */
export const RowNumberSchema = z.string().regex(/^\d{1,18}$/, 'must be a number of at most 18 digits');

export const TierSchema = z.int().min(1).max(5);

/** Start and end (exclusive) in UTF-16 units. */
export const SpanSchema = z.tuple([z.int().min(0), z.int().min(0)]);
export type Span = z.infer<typeof SpanSchema>;

/** Bounds of an estimate at 95 % confidence. */
export const IntervalSchema = z.object({ low: z.number(), high: z.number() });

/** One way in which a match was disguised: the engine's word, and the same for people. */
export const DisguiseSchema = z.object({ code: z.string(), says: z.string() });
export type Disguise = z.infer<typeof DisguiseSchema>;
