import { z } from 'zod';
import { InstantSchema, LaneSchema, NameIdSchema } from './common.ts';
import { GradeSchema } from './grade.ts';
import { HashIdSchema, hashId } from './ids.ts';
import { KeptPostSchema } from './kept-post.ts';
import { PostReferenceSchema } from './post.ts';
import { TextFieldKindSchema } from './text-field.ts';

/** Four corners in the post's image, as shares of its width and height: [x, y] clockwise from the upper left. */
export const RegionSchema = z.array(z.tuple([z.number(), z.number()])).length(4);
export type Region = z.infer<typeof RegionSchema>;

/** The first part of a name that is split over two texts. */
const PartBeforeSchema = z.strictObject({
  /** The earlier post that ends with it; absent if it is in this post. */
  post: z.strictObject({ id: HashIdSchema, canonicalUrl: z.string().nullable() }).optional(),
  /** The field of this post that ends with it; absent for an earlier post's caption. */
  field: z.strictObject({ kind: TextFieldKindSchema, index: z.int().min(1) }).optional(),
  /** Start and end in UTF-16 units of the text that holds it. */
  span: z.tuple([z.int().min(0), z.int().min(0)]),
  matched: z.string(),
});

/** An engine's part of a detection: the item, the place, and how it matched. */
export const MatchEvidenceSchema = z.strictObject({
  campaignId: NameIdSchema,
  itemId: NameIdSchema,
  kind: z.enum(['term', 'asset']),
  /** 0 to 1. */
  confidence: z.number().min(0).max(1),
  /** The field that holds the term, and its place among the post's fields; absent for the caption and for an asset. */
  field: z.strictObject({ kind: TextFieldKindSchema, index: z.int().min(1) }).optional(),
  /** Start and end (exclusive) in UTF-16 units of the field's original text; null for an asset. */
  span: z.tuple([z.int().min(0), z.int().min(0)]).nullable(),
  /** For a name that is split over two texts: its first part. `field`, `span` and `matched` give the second one. */
  before: PartBeforeSchema.optional(),
  /** The matched part of the original text, or the name of the medium. */
  matched: z.string(),
  /** How it matched: `case`, `diacritic`, `joined`, `pdq`, `rotated-90` … */
  how: z.array(z.string()),
  /** Edits for a term, bits of 256 for a perceptual hash; null if there is no such measure. */
  distance: z.int().min(0).nullable(),
  mediaIndex: z.int().min(0).nullable(),
  /** How much of an asset the image shows; absent for a term, and in detections of earlier versions. */
  grade: GradeSchema.optional(),
  region: RegionSchema.nullable(),
});
export type MatchEvidence = z.infer<typeof MatchEvidenceSchema>;

/** A match of a post with a watch-list item. */
export const DetectionSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** {@link detectionId} of post, campaign and item. */
  id: HashIdSchema,
  post: PostReferenceSchema,
  lane: LaneSchema,
  evidence: MatchEvidenceSchema,
  /** A short piece of the text around the span, for the analyst; null for an asset. */
  excerpt: z.string().nullable(),
  engine: z.string().min(1),
  watchListVersion: z.int().min(1),
  /** The re-scan that found it; null for live traffic. */
  rescanJobId: z.string().nullable(),
  detectedAt: InstantSchema,
  /** `approvedTextHash` of all searched text, alternative texts included; absent for an asset. */
  textSha256: HashIdSchema.optional(),
  /** True if the text discloses advertising; absent for an asset, and if the campaign asks for no disclosure. */
  disclosed: z.boolean().optional(),
  /** Absent if nothing was kept: for the canary, and before there was evidence. */
  kept: KeptPostSchema.optional(),
});
export type Detection = z.infer<typeof DetectionSchema>;

export function detectionId(postId: string, campaignId: string, kind: string, itemId: string): string {
  return hashId('detection', postId, campaignId, kind, itemId);
}

/**
 * A later revision of a post, or its deletion, has been scanned; its detections came before this record. Alerting learns
 * from it that a leak was edited away or taken down.
 */
export const RevisionScanSchema = z.strictObject({
  schemaVersion: z.literal(1),
  id: HashIdSchema,
  post: PostReferenceSchema,
  lane: LaneSchema,
  /** Detections found in this revision. */
  detectionIds: z.array(HashIdSchema),
  /** Campaigns that ask for a disclosure, were found in this revision, and have one there. */
  disclosedCampaigns: z.array(NameIdSchema).optional(),
  scannedAt: InstantSchema,
});
export type RevisionScan = z.infer<typeof RevisionScanSchema>;

export function revisionScanId(postId: string, lane: 'text' | 'image'): string {
  return hashId('revision-scan', postId, lane);
}
