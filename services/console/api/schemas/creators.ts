import { z } from 'zod';
import { InstantSchema, TierSchema } from './common.ts';

export const CreatorRowSchema = z.object({
  id: z.string(),
  name: z.string(),
  accounts: z.array(z.object({ platform: z.string(), handle: z.string().nullable() })),
  followers: z.int(),
  tier: TierSchema,
  riskScore: z.int().nullable(),
  reasons: z.array(z.string()),
  coverage: z.enum(['fresh', 'stale', 'uncollectable']),
  coverageWhy: z.string(),
  lastHeardAt: InstantSchema.nullable(),
  /** New posts; an edit is none. */
  postsHeard: z.int(),
  incidents: z.int(),
  openIncidents: z.int(),
  /** Verdicts on the incidents. */
  confirmed: z.int(),
  falseAlarms: z.int(),
  approved: z.int(),
  partnerships: z.int(),
});
export type CreatorRow = z.infer<typeof CreatorRowSchema>;

const RiskLevelSchema = z.union([z.literal(0), z.literal(1), z.literal(2)]);

export const CreatorsSchema = z.object({
  items: z.array(CreatorRowSchema),
  /** Null on the last page. */
  nextCursor: z.string().nullable(),
  total: z.int(),
  tiers: z.array(z.object({ tier: TierSchema, count: z.int() })),
  /** All that match: how likely a leak is, from 0 to 2, by how many would see it. Empty cells are left out. */
  matrix: z.array(z.object({ likelihood: RiskLevelSchema, impact: RiskLevelSchema, count: z.int() })),
  moved: z.array(
    z.object({
      creatorId: z.string(),
      name: z.string(),
      campaignId: z.string(),
      campaign: z.string(),
      from: TierSchema.nullable(),
      to: TierSchema,
      reasons: z.array(z.string()),
      at: InstantSchema,
    }),
  ),
});
export type Creators = z.infer<typeof CreatorsSchema>;
