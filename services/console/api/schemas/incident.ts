import { z } from 'zod';
import {
  DisguiseSchema,
  GradeSchema,
  IdSchema,
  InstantSchema,
  LaneSchema,
  ResolutionSchema,
  SeveritySchema,
  SpanSchema,
  StateSchema,
  TierSchema,
  VerdictKindSchema,
} from './common.ts';
import { QueueItemSchema } from './queue.ts';

/** One match within a text of a post. */
export const TextMatchSchema = z.object({
  detectionId: IdSchema,
  itemId: z.string(),
  /** The term as it is registered; hidden if the incident is redacted. */
  term: z.string(),
  span: SpanSchema,
  matched: z.string(),
  disguises: z.array(DisguiseSchema),
  confidence: z.number(),
  /** The finding is no longer in the post. */
  removedAt: InstantSchema.nullable(),
});
export type TextMatch = z.infer<typeof TextMatchSchema>;

export const PostFieldSchema = z.object({
  /** `caption`, `title`, `alt-text`, `hashtag`, `quoted` … */
  kind: z.string(),
  text: z.string(),
  matches: z.array(TextMatchSchema),
});
export type PostField = z.infer<typeof PostFieldSchema>;

export const PictureSchema = z.object({
  mediaIndex: z.int(),
  /** Address on this server, re-encoded; null: not kept, or hidden. */
  src: z.string().nullable(),
  alt: z.string().nullable(),
  widthPx: z.int().nullable(),
  heightPx: z.int().nullable(),
  /** Why there is no picture; null if there is one. */
  missing: z.string().nullable(),
});

export const PostSchema = z.object({
  id: IdSchema,
  threadId: IdSchema,
  platform: z.string(),
  /** The post's own address, for a link that the analyst opens; nothing is loaded from it. */
  url: z.string().nullable(),
  author: z.object({ handle: z.string(), displayName: z.string().nullable() }),
  type: z.string(),
  revision: z.int(),
  publishedAt: InstantSchema,
  observedAt: InstantSchema,
  standing: z.enum(['stands', 'edited', 'deleted']),
  /** When it was last seen to change; null: not since it was found. */
  removedAt: InstantSchema.nullable(),
  fields: z.array(PostFieldSchema),
  pictures: z.array(PictureSchema),
});
export type Post = z.infer<typeof PostSchema>;

/** A registered asset that was found in a posted picture. */
export const PictureMatchSchema = z.object({
  detectionId: IdSchema,
  postId: IdSchema,
  mediaIndex: z.int(),
  asset: z.object({ id: z.string(), name: z.string(), src: z.string().nullable() }),
  picture: PictureSchema,
  /** Four corners as shares of the posted picture's width and height, clockwise from the upper left; null: the whole. */
  region: z.array(z.tuple([z.number(), z.number()])).nullable(),
  disguises: z.array(DisguiseSchema),
  /** How much of the asset the picture shows; null for detections of earlier versions. */
  grade: GradeSchema.nullable(),
  confidence: z.number(),
  removedAt: InstantSchema.nullable(),
});
export type PictureMatch = z.infer<typeof PictureMatchSchema>;

export const EmbargoSchema = z.object({
  /** Null: secret without a date. */
  liftsAt: InstantSchema.nullable(),
  postedAt: InstantSchema,
  /** From the post to the lift; negative after it, null without a date. */
  earlyMs: z.int().nullable(),
  /** IANA names, if they are known. The viewer's own zone is the browser's. */
  creatorZone: z.string().nullable(),
});

/** What an entry of the timeline is about, if it is about one finding. */
export const TimelineMatchSchema = z.object({
  lane: LaneSchema,
  confidence: z.number(),
  /** Found by a re-scan. */
  rescanned: z.boolean(),
  /** The term or the asset as it is registered, and the text that was found; null if they are hidden, and for a picture's text. */
  item: z.string().nullable(),
  matched: z.string().nullable(),
  disguises: z.array(DisguiseSchema),
});
export type TimelineMatch = z.infer<typeof TimelineMatchSchema>;

export const TimelineEntrySchema = z.object({
  at: InstantSchema,
  what: z.string(),
  by: z.string().nullable(),
  note: z.string(),
  details: z.string(),
  match: TimelineMatchSchema.nullable(),
});

export const NoticeSchema = z.object({
  channel: z.string(),
  change: z.string(),
  state: z.enum(['told', 'waiting', 'gave-up']),
  at: InstantSchema.nullable(),
  attempts: z.int(),
  error: z.string().nullable(),
});

export const CreatorHistorySchema = z.object({
  id: z.string(),
  name: z.string(),
  registered: z.boolean(),
  followers: z.int().nullable(),
  accounts: z.array(z.object({ platform: z.string(), handle: z.string().nullable() })),
  tier: TierSchema,
  tierReasons: z.array(z.string()),
  riskScore: z.int().nullable(),
  confirmedLeaks: z.int(),
  partnerships: z.int().nullable(),
  verdicts: z.object({ confirmed: z.int(), falsePositive: z.int(), approved: z.int() }),
  /** Other incidents of theirs that the account may see, the newest first. */
  incidents: z.array(
    z.object({
      id: IdSchema,
      campaign: z.string(),
      severity: SeveritySchema,
      state: StateSchema,
      resolution: ResolutionSchema.nullable(),
      openedAt: InstantSchema,
    }),
  ),
});

export const PlaybookSchema = z.object({
  violation: z.string(),
  checklist: z.array(
    z.object({
      id: z.string(),
      text: z.string().nullable(),
      done: z.object({ by: z.string(), at: InstantSchema }).nullable(),
    }),
  ),
  /** A draft for a person to change and send: leakwatch sends nothing to a creator. */
  message: z.string(),
  sent: z.array(
    z.object({ at: InstantSchema, by: z.string(), via: z.string().nullable(), note: z.string().nullable() }),
  ),
});

export const IncidentTipSchema = z.object({
  id: z.string(),
  receivedAt: InstantSchema,
  senderClass: z.string(),
  seen: z.string(),
  links: z.array(z.string()),
});

export const VerdictSchema = z.object({
  verdict: VerdictKindSchema,
  reason: z.string(),
  givenBy: z.string(),
  givenAt: InstantSchema,
});

/** Everything about one incident. */
export const IncidentSchema = QueueItemSchema.extend({
  severityReasons: z.array(z.string()),
  acknowledged: z.object({ by: z.string(), at: InstantSchema }).nullable(),
  resolvedAt: InstantSchema.nullable(),
  duplicateOf: IdSchema.nullable(),
  correctedAt: InstantSchema.nullable(),
  embargo: EmbargoSchema,
  /** The evidence, the newest post first. */
  postList: z.array(PostSchema),
  pictureMatches: z.array(PictureMatchSchema),
  timeline: z.array(TimelineEntrySchema),
  notices: z.array(NoticeSchema),
  creatorHistory: CreatorHistorySchema,
  playbook: PlaybookSchema,
  tips: z.array(IncidentTipSchema),
  verdicts: z.array(VerdictSchema),
  /** Reasons offered for each verdict, so that most need no typing. */
  reasons: z.record(VerdictKindSchema, z.array(z.string())),
});
export type Incident = z.infer<typeof IncidentSchema>;
