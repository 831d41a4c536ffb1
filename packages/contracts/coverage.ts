import { z } from 'zod';
import { InstantSchema, NameIdSchema, TierSchema } from './common.ts';

/**
 * A creator is `fresh` (heard), `stale` (an account that a source reaches has been quiet too long) or `uncollectable` (no
 * source reaches any of their accounts).
 */
export const CoverageStateSchema = z.enum(['fresh', 'stale', 'uncollectable']);
export type CoverageState = z.infer<typeof CoverageStateSchema>;

export const CreatorCoverageSchema = z.strictObject({
  creatorId: NameIdSchema,
  /** The creator's current tier. */
  tier: TierSchema,
  state: CoverageStateSchema,
  /** In words. */
  why: z.string(),
  /** Null: never. */
  lastHeardAt: InstantSchema.nullable(),
  /** True if an account is registered, and none has been heard yet, by a post or by a poll. */
  awaitsFirstPost: z.boolean(),
});
export type CreatorCoverage = z.infer<typeof CreatorCoverageSchema>;
