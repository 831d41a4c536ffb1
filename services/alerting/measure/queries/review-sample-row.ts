import { PostSchema, ReviewVerdictSchema, SamplingStratumSchema, TierSchema } from '@leakwatch/contracts';
import { z } from 'zod';

/** A post drawn for review. */
export const ReviewSampleSchema = z.object({
  threadId: z.string(),
  creatorId: z.string(),
  /** As closely as the creator was watched when the post came. */
  tier: TierSchema,
  strata: z.array(SamplingStratumSchema),
  /** That it had of being drawn, by whichever stratum. */
  probability: z.number(),
  publishedAt: z.date(),
  sampledAt: z.date(),
  post: PostSchema,
  /** Null until it is reviewed. */
  verdict: ReviewVerdictSchema.nullable(),
  /** What it was a leak of, where the reviewer said so. */
  campaignId: z.string().nullable(),
  reviewedBy: z.string().nullable(),
  reviewedAt: z.date().nullable(),
  minutes: z.number().nullable(),
});
export type ReviewSample = z.infer<typeof ReviewSampleSchema>;

export const REVIEW_SAMPLE_COLUMNS = `thread_id AS "threadId", creator_id AS "creatorId", tier, strata, probability,
  published_at AS "publishedAt", sampled_at AS "sampledAt", post, verdict, campaign_id AS "campaignId",
  reviewed_by AS "reviewedBy", reviewed_at AS "reviewedAt", review_minutes AS minutes`;
