import { z } from 'zod';
import { IdSchema, InstantSchema } from './common.ts';

/** A drawn post, blind: nothing says why it was drawn or whether it raised an alert. */
export const ReviewSampleSchema = z.object({
  id: IdSchema,
  platform: z.string(),
  handle: z.string(),
  url: z.string().nullable(),
  publishedAt: InstantSchema,
  fields: z.array(z.object({ kind: z.string(), text: z.string() })),
  pictures: z.array(z.object({ src: z.string().nullable(), alt: z.string().nullable() })),
});
export type ReviewSample = z.infer<typeof ReviewSampleSchema>;

export const NextSampleSchema = z.object({
  /** Null: nothing waits. */
  sample: ReviewSampleSchema.nullable(),
  waiting: z.int(),
  reviewedToday: z.int(),
  /** Campaigns to name with a leak: those that were secret when the post was published. */
  campaigns: z.array(z.object({ id: z.string(), name: z.string(), brief: z.string().nullable() })),
});
export type NextSample = z.infer<typeof NextSampleSchema>;

/** `unsure` puts the post back for another reviewer. */
export const ReviewDecisionSchema = z.strictObject({
  verdict: z.enum(['leak', 'innocent', 'unsure']),
  campaignId: z.string().min(1).max(200).nullable().default(null),
});
export const ReviewAnswerSchema = z.object({
  /** A leak that no alert has. */
  missed: z.boolean(),
  next: NextSampleSchema,
});
