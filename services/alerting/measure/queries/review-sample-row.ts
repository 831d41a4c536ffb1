import { PostSchema, ReviewVerdictSchema, SamplingStratumSchema, TierSchema } from '@leakwatch/contracts';
import { z } from 'zod';

/** A post drawn for review. */
export const ReviewSampleSchema = z.object({
  threadId: z.string(),
  creatorId: z.string(),
  /** The tier that watched the creator most closely when the post came. */
  tier: TierSchema,
  strata: z.array(SamplingStratumSchema),
  /** The probability that any stratum drew it. */
  probability: z.number(),
  publishedAt: z.date(),
  sampledAt: z.date(),
  post: PostSchema,
  /** Null until it is reviewed. */
  verdict: ReviewVerdictSchema.nullable(),
  /** The campaign of the leak, if the reviewer named it. */
  campaignId: z.string().nullable(),
  reviewedBy: z.string().nullable(),
  reviewedAt: z.date().nullable(),
  minutes: z.number().nullable(),
});
export type ReviewSample = z.infer<typeof ReviewSampleSchema>;

export const REVIEW_SAMPLE_COLUMNS = `thread_id AS "threadId", creator_id AS "creatorId", tier, strata, probability,
  published_at AS "publishedAt", sampled_at AS "sampledAt", post, verdict, campaign_id AS "campaignId",
  reviewed_by AS "reviewedBy", reviewed_at AS "reviewedAt", review_minutes AS minutes`;
