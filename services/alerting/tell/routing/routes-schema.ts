import { AlertChangeSchema, SeveritySchema, TierSchema } from '@leakwatch/contracts';
import { z } from 'zod';
import { DetailSchema } from '../channels/details.ts';

const TimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day like `18:00`');

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const HoursSchema = z.strictObject({
  from: TimeSchema,
  /** Before `from`: on the next day. */
  to: TimeSchema,
  /** The days on which it begins; every day by default. */
  days: z.array(z.enum(DAYS)).min(1).optional(),
  timeZone: z.string().refine(isTimeZone, 'is no time zone: one is like `Europe/Paris`'),
});
export type Hours = z.infer<typeof HoursSchema>;

/** The conditions on a change; an absent one holds for all. */
const ConditionSchema = z.strictObject({
  tiers: z.array(TierSchema).min(1).optional(),
  severities: z.array(SeveritySchema).min(1).optional(),
  campaigns: z.array(z.string()).min(1).optional(),
  brands: z.array(z.string()).min(1).optional(),
  changes: z.array(AlertChangeSchema).min(1).optional(),
  /** Steps of a tier's `escalateTo`: takes only the change `escalated` to one of them. */
  escalatedTo: z.array(z.string()).min(1).optional(),
  hours: HoursSchema.optional(),
});
export type RouteCondition = z.infer<typeof ConditionSchema>;

export const RoutesSchema = z.strictObject({
  /** Whether a change takes the first route that fits, or all of them. */
  match: z.enum(['first', 'all']).default('first'),
  /** Extra details for single channels, by channel name. */
  details: z.record(z.string(), z.array(DetailSchema)).default({}),
  routes: z.array(
    z.strictObject({
      name: z.string().min(1),
      when: ConditionSchema.default({}),
      /** Empty: no notice. */
      channels: z.array(z.string()),
    }),
  ),
});
export type RoutesSource = z.infer<typeof RoutesSchema>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
