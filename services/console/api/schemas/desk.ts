import { SenderClassSchema, TipStateSchema } from '@leakwatch/contracts/tip';
import { z } from 'zod';
import { AskedInstantSchema, InstantSchema, NameSchema, TierSchema } from './common.ts';

const ReasonSchema = z.string().trim().min(1).max(2000);

export const TiersOfSchema = z.object({
  /** As last decided. */
  items: z.array(
    z.object({
      campaignId: z.string(),
      tier: TierSchema,
      riskScore: z.int(),
      reasons: z.array(z.string()),
      pinned: z.boolean(),
      since: InstantSchema,
    }),
  ),
  changes: z.array(
    z.object({
      campaignId: z.string(),
      from: TierSchema.nullable(),
      to: TierSchema,
      cause: z.string(),
      reasons: z.array(z.string()),
      at: InstantSchema,
    }),
  ),
});

const PinnedPairSchema = z.strictObject({ creatorId: NameSchema, campaignId: NameSchema });
export const NewPinSchema = PinnedPairSchema.extend({
  tier: TierSchema,
  reason: ReasonSchema,
  expiresAt: AskedInstantSchema,
});
export const EndedPinSchema = PinnedPairSchema;

export const NoticesSchema = z.object({
  /** The newest first. */
  items: z.array(
    z.object({
      id: z.string(),
      /** Null for a digest. */
      alertId: z.string().nullable(),
      change: z.string(),
      channel: z.string(),
      createdAt: InstantSchema,
      attempts: z.int(),
      repeats: z.int(),
      nextAttemptAt: InstantSchema,
      deliveredAt: InstantSchema.nullable(),
      gaveUpAt: InstantSchema.nullable(),
      lastError: z.string().nullable(),
    }),
  ),
});
export const RetryRequestSchema = z.strictObject({
  /** The notices of one incident; absent: all that failed. */
  alertId: z.string().min(6).max(64).optional(),
});
export const RetryAnswerSchema = z.object({ due: z.int() });

const TipRowSchema = z.object({
  id: z.string(),
  senderClass: SenderClassSchema,
  campaignId: z.string().nullable(),
  /** Empty where terms are hidden. */
  seen: z.string(),
  links: z.array(z.string()),
  state: TipStateSchema,
  alertId: z.string().nullable(),
  verdict: z.string().nullable(),
  decidedBy: z.string().nullable(),
  reason: z.string().nullable(),
  receivedAt: InstantSchema,
});
export const TipsSchema = z.object({
  /** The newest first. */
  items: z.array(TipRowSchema),
  /** By class of sender: tips, those judged, and the leaks among those. Null for accounts of some campaigns. */
  counts: z
    .array(z.object({ senderClass: SenderClassSchema, tips: z.int(), judged: z.int(), leaks: z.int() }))
    .nullable(),
});
export const AddedTipSchema = z.object({ id: z.string() });
export const TipDecisionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('dismiss'), reason: ReasonSchema }),
  z.strictObject({ kind: z.literal('attach'), alertId: z.string().min(6).max(64) }),
  z.discriminatedUnion('verdict', [
    z.strictObject({ kind: z.literal('review'), verdict: z.literal('innocent') }),
    z.strictObject({
      kind: z.literal('review'),
      verdict: z.literal('leak'),
      campaignId: NameSchema.nullable().default(null),
    }),
  ]),
]);

const KeptFileSchema = z.object({
  sha256: z.string(),
  mime: z.string(),
  bytes: z.int(),
  /** Null: not hashed again. */
  intact: z.boolean().nullable(),
});
export const EvidenceSchema = z.object({
  /** Kept until it is released; null: until its time is up. */
  hold: z.object({ reason: z.string(), by: z.string(), at: InstantSchema }).nullable(),
  items: z.array(
    z.object({
      detectionId: z.string(),
      postId: z.string(),
      lane: z.string(),
      engine: z.string(),
      watchListVersion: z.int(),
      publishedAt: InstantSchema,
      preservedAt: InstantSchema,
      record: KeptFileSchema,
      media: z.array(KeptFileSchema.extend({ mediaIndex: z.int() })),
    }),
  ),
});
export const NewHoldSchema = z.strictObject({ reason: ReasonSchema });

export const SourcesSchema = z.object({
  items: z.array(
    z.object({
      platform: z.string(),
      account: z.string(),
      state: z.string(),
      since: InstantSchema,
      lastHeardAt: InstantSchema.nullable(),
      failures: z.int(),
      problem: z.string().nullable(),
    }),
  ),
});
export const SourceCheckSchema = z.strictObject({
  /** The address of a feed or blog, `ana@social.example` on Mastodon, `ana.example` on Bluesky. */
  account: NameSchema.max(2000),
  platform: NameSchema.optional(),
  instance: NameSchema.optional(),
});
export const CheckedSourceSchema = z.object({
  heard: z.boolean(),
  problem: z.string().nullable(),
  posts: z.int(),
  newest: z.object({ url: z.string().nullable(), publishedAt: z.string(), text: z.string() }).nullable(),
});
