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

export { alertGradesOf, GradeSchema, type Grade } from '@leakwatch/contracts/grade';

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

/** Characters that show nothing or turn the order of a line. Joiners and the styles of emoji stay, which several scripts need. */
const UNSEEN =
  /(?!\u200c|\u200d|\ufe0e|\ufe0f)[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u2800]/u;
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** A name that a person gives and others read, of at most `longest` UTF-16 units. */
export function seenText(longest: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((name) => !UNSEEN.test(name), {
      error: 'must not hold a character that shows nothing or turns the direction of a line',
    })
    .refine((name) => SEEN.test(name), { error: 'must hold a character that one sees' });
}
