import { z } from 'zod';
import { NameIdSchema, TierSchema } from './common.ts';

/** Selects the detections of a silence: all given fields must match, and at least one must be given. */
export const SilenceMatcherSchema = z
  .strictObject({
    creatorId: NameIdSchema.optional(),
    campaignId: NameIdSchema.optional(),
    /** A term or an asset. */
    itemId: NameIdSchema.optional(),
    tier: TierSchema.optional(),
  })
  .refine((matcher) => Object.values(matcher).some((value) => value !== undefined), {
    error:
      'must name a creator, a campaign, an item or a tier: a silence about everything would hide every leak',
  });
export type SilenceMatcher = z.infer<typeof SilenceMatcherSchema>;
