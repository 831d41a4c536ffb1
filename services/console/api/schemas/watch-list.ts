import { z } from 'zod';
import { InstantSchema } from './common.ts';
import { PostFieldSchema } from './incident.ts';
import { VersionSchema } from './watch-list-draft.ts';

export const CampaignSchema = z.object({
  id: z.string(),
  name: z.string(),
  brand: z.string().nullable(),
  niche: z.string().nullable(),
  sensitivity: z.string(),
  liftsAt: InstantSchema.nullable(),
  brief: z.string().nullable(),
  terms: z.array(z.object({ id: z.string(), text: z.string(), kind: z.string().nullable() })),
  assets: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      src: z.string().nullable(),
      /** A public picture: never reported. */
      cleared: z.boolean(),
    }),
  ),
  /** Number of briefed creators; null: all. */
  creators: z.int().nullable(),
  openIncidents: z.int(),
  approvedPosts: z.int(),
  approvedTexts: z.int(),
});

export const WatchListSchema = z.object({
  /** 0: none was imported yet. */
  version: z.int(),
  createdAt: InstantSchema.nullable(),
  campaigns: z.array(CampaignSchema),
  creators: z.int(),
  versions: z.array(VersionSchema),
});
export type WatchList = z.infer<typeof WatchListSchema>;

export const TryTextSchema = z.strictObject({
  text: z.string().min(1).max(20_000),
  /** Tries the viewer's draft in place of the current version. */
  draft: z.boolean().default(false),
});
export const TriedTextSchema = z.object({
  field: PostFieldSchema,
  /** Campaigns found, with the number of matches. */
  campaigns: z.array(z.object({ id: z.string(), name: z.string(), matches: z.int() })),
});
export type TriedText = z.infer<typeof TriedTextSchema>;
