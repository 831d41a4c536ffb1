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
  incidents: z.int(),
  openIncidents: z.int(),
  confirmed: z.int(),
  partnerships: z.int(),
});
export type CreatorRow = z.infer<typeof CreatorRowSchema>;

export const CreatorsSchema = z.object({
  items: z.array(CreatorRowSchema),
  total: z.int(),
  tiers: z.array(z.object({ tier: TierSchema, count: z.int() })),
  moved: z.array(
    z.object({
      creatorId: z.string(),
      campaignId: z.string(),
      from: TierSchema.nullable(),
      to: TierSchema,
      reasons: z.array(z.string()),
      at: InstantSchema,
    }),
  ),
});
export type Creators = z.infer<typeof CreatorsSchema>;
