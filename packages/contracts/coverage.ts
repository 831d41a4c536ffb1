import { z } from 'zod';
import { InstantSchema, NameIdSchema, TierSchema } from './common.ts';

/**
 * Whether a creator is heard: `fresh`; `stale` where an account of theirs that a source reaches is quiet for too long;
 * `uncollectable` where no source reaches any account of theirs.
 */
export const CoverageStateSchema = z.enum(['fresh', 'stale', 'uncollectable']);
export type CoverageState = z.infer<typeof CoverageStateSchema>;

export const CreatorCoverageSchema = z.strictObject({
  creatorId: NameIdSchema,
  /** As closely as the creator is watched now. */
  tier: TierSchema,
  state: CoverageStateSchema,
  /** In words. */
  why: z.string(),
  /** Null: never. */
  lastHeardAt: InstantSchema.nullable(),
});
export type CreatorCoverage = z.infer<typeof CreatorCoverageSchema>;
