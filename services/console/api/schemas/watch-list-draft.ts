import { AssetSchema, CampaignSchema, CreatorSchema } from '@leakwatch/contracts/watch-list';
import { z } from 'zod';
import { DisguiseSchema, GradeSchema, IdSchema, InstantSchema, NameSchema } from './common.ts';

/** An asset with the hash of its picture: the bytes came by an upload, or an earlier version holds them. */
export const EditedAssetSchema = z.strictObject({ ...AssetSchema.shape, sha256: IdSchema });
export type EditedAsset = z.infer<typeof EditedAssetSchema>;

export const EditedCampaignSchema = z.strictObject({
  ...CampaignSchema.shape,
  assets: z.array(EditedAssetSchema).default([]),
});
export type EditedCampaign = z.infer<typeof EditedCampaignSchema>;
export type EditedCreator = z.infer<typeof CreatorSchema>;

/** Changes to the watch list: a campaign or creator replaces the one of its id, or is added. */
export const EditsSchema = z.strictObject({
  campaigns: z.array(EditedCampaignSchema).default([]),
  removedCampaigns: z.array(NameSchema).default([]),
  creators: z.array(CreatorSchema).default([]),
  removedCreators: z.array(NameSchema).default([]),
  /** Absent: they stay as they are. */
  ordinaryWords: z.array(z.string()).optional(),
});
export type Edits = z.infer<typeof EditsSchema>;

export const VersionSchema = z.object({
  version: z.int(),
  createdAt: InstantSchema,
  /** Null: a program, or a version from before authors were kept. */
  by: z.string().nullable(),
  /** Null for viewers of some campaigns: it may name another. */
  note: z.string().nullable(),
});

export const DraftSchema = z.object({
  /** The version that the draft was begun on. */
  base: z.int(),
  /** The version now; newer than `base` if somebody has saved meanwhile. */
  current: z.object({ version: z.int(), by: z.string().nullable(), at: InstantSchema.nullable() }),
  updatedAt: InstantSchema.nullable(),
  edits: EditsSchema,
  /** Campaigns of the draft that have changed since `base`: saving replaces those changes. */
  overlaps: z.array(z.string()),
});
export type Draft = z.infer<typeof DraftSchema>;

/**
 * The draft's `updatedAt` that the writer saw, null for no draft. Another window may have changed it since: the write is
 * refused then. Absent: it is not compared.
 */
const SeenSchema = InstantSchema.nullable().optional();

export const NewDraftSchema = z.strictObject({
  base: z.int().min(0),
  edits: EditsSchema,
  seen: SeenSchema,
});

/** The campaigns as an editor needs them, whole. */
export const ContentSchema = z.object({
  version: z.int(),
  campaigns: z.array(EditedCampaignSchema),
  /** Whether creators and new campaigns are the viewer's to change. */
  whole: z.boolean(),
});
export type Content = z.infer<typeof ContentSchema>;

export const WatchedCreatorsSchema = z.object({ total: z.int(), items: z.array(CreatorSchema) });

export const ListChangeSchema = z.object({
  part: z.enum(['campaign', 'term', 'asset', 'creator', 'ordinary-words']),
  campaignId: z.string().nullable(),
  id: z.string(),
  name: z.string(),
  change: z.enum(['added', 'removed', 'changed']),
  fields: z.array(
    z.object({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
});
export type ListChange = z.infer<typeof ListChangeSchema>;

export const ListChangesSchema = z.object({ items: z.array(ListChangeSchema) });

export const DraftCheckSchema = z.object({
  /** Why it can't be saved; empty: it can. */
  problems: z.array(z.string()),
  warnings: z.array(z.string()),
  changes: z.array(ListChangeSchema),
});
export type DraftCheck = z.infer<typeof DraftCheckSchema>;

export const SaveDraftSchema = z.strictObject({
  note: z.string().trim().max(2000).default(''),
  seen: SeenSchema,
});
export const SavedVersionSchema = z.object({ version: z.int(), warnings: z.array(z.string()) });

export const UploadedPictureSchema = z.object({
  sha256: IdSchema,
  /** Its `file` in the watch list. */
  file: z.string(),
  widthPx: z.int(),
  heightPx: z.int(),
  /** Copies that will not be found, with the reason. */
  warnings: z.array(z.string()),
  /** Altered copies, and whether each is found. */
  copies: z.array(z.object({ kind: z.string(), found: z.boolean() })),
});
export type UploadedPicture = z.infer<typeof UploadedPictureSchema>;

export const TriedPictureSchema = z.object({
  matches: z.array(
    z.object({
      campaignId: z.string(),
      campaign: z.string(),
      itemId: z.string(),
      item: z.string(),
      grade: GradeSchema.nullable(),
      /** False: the asset's policy keeps this grade from raising an alert. */
      raisesAlert: z.boolean(),
      confidence: z.number(),
      disguises: z.array(DisguiseSchema),
    }),
  ),
});
export type TriedPicture = z.infer<typeof TriedPictureSchema>;

/** Fields for a column of one platform's accounts, by handle or address. */
export const RosterPlatformSchema = z.enum([
  'instagram',
  'tiktok',
  'youtube',
  'x',
  'facebook',
  'pinterest',
  'twitch',
  'threads',
  'snapchat',
  'linkedin',
  'mastodon',
  'bluesky',
  'feed',
]);
export type RosterPlatform = z.infer<typeof RosterPlatformSchema>;

export const RosterFieldSchema = z.enum([
  'id',
  'name',
  'firstName',
  'lastName',
  'platform',
  'instance',
  'handle',
  'nativeId',
  'quietHours',
  'followers',
  'partnerships',
  'confirmedLeaks',
  'concurrentPartnerships',
  'trusted',
  /** Addresses of profiles, of any platform. */
  'profile',
  ...RosterPlatformSchema.options,
]);
export type RosterField = z.infer<typeof RosterFieldSchema>;

export const RosterRequestSchema = z.strictObject({
  csv: z.string().min(1).max(2_000_000),
  /** The field of each column; null leaves it out. Absent: guessed from the heads. */
  mapping: z.array(RosterFieldSchema.nullable()).max(100).optional(),
  /** Takes the good rows into the draft. */
  take: z.boolean().default(false),
});

export const RosterSchema = z.object({
  columns: z.array(z.string()),
  mapping: z.array(RosterFieldSchema.nullable()),
  /** The first rows, as the file has them. */
  sample: z.array(z.array(z.string())),
  rows: z.int(),
  added: z.int(),
  changed: z.int(),
  /** Rows that are left out, counted as a spreadsheet does: the heads are row 1. */
  problems: z.array(z.object({ row: z.int(), cell: z.string().nullable(), message: z.string() })),
  problemRows: z.int(),
});
export type Roster = z.infer<typeof RosterSchema>;
