import { z } from 'zod';
import {
  AskedInstantSchema,
  DisguiseSchema,
  IdSchema,
  InstantSchema,
  NameSchema,
  ResolutionSchema,
  SeveritySchema,
  SpanSchema,
  StateSchema,
  TierSchema,
  ViolationSchema,
  seenText,
} from './common.ts';

/** Groups of the queue, in its order. `hour` and `today` say when the next deadline passes. */
export const QueueGroupSchema = z.enum([
  'overdue',
  'hour',
  'today',
  'later',
  'undated',
  'snoozed',
  'resolved',
]);
export type QueueGroup = z.infer<typeof QueueGroupSchema>;

/** One incident as a row of the queue. Hidden words read ▇▇▇▇ if `redacted`. */
export const QueueItemSchema = z.object({
  id: IdSchema,
  /** Sent back with every change: a change of an older version is refused as `stale`. */
  version: z.string(),
  /** `Picture of an embargoed asset, posted 3 days early` */
  title: z.string(),
  severity: SeveritySchema,
  /** 0 to 100: the order within a severity, by confidence, reach, hours to the lift, and whether the post still stands. */
  priority: z.int().min(0).max(100),
  state: StateSchema,
  resolution: ResolutionSchema.nullable(),
  tier: TierSchema,
  ruleId: z.string(),
  violation: ViolationSchema.nullable(),
  campaign: z.object({ id: z.string(), name: z.string() }),
  creator: z.object({
    id: z.string(),
    name: z.string(),
    handle: z.string(),
    registered: z.boolean(),
    followers: z.int().nullable(),
  }),
  platform: z.string(),
  assignee: z.string().nullable(),
  group: QueueGroupSchema,
  /** The next deadline; null once it is resolved, or if there is none. */
  due: z.object({ at: InstantSchema, to: z.enum(['acknowledge', 'resolve']) }).nullable(),
  snoozedUntil: InstantSchema.nullable(),
  openedAt: InstantSchema,
  publishedAt: InstantSchema,
  detectionLatencyMs: z.int(),
  /** A piece of the text with its matches; null for a picture without one. */
  excerpt: z.object({ text: z.string(), matches: z.array(SpanSchema) }).nullable(),
  /** The asset whose picture was found; null for a text. */
  asset: z.object({ id: z.string(), name: z.string() }).nullable(),
  why: z.array(DisguiseSchema),
  /** 0 to 1, of the surest finding. */
  confidence: z.number(),
  /** Address of a small picture on this server; null: none, or hidden. */
  thumbnail: z.string().nullable(),
  posts: z.int(),
  occurrences: z.int(),
  /** `stands`: some finding is still in its post. */
  standing: z.enum(['stands', 'edited', 'deleted']),
  regressions: z.int(),
  escalationLevel: z.int(),
  redacted: z.boolean(),
});
export type QueueItem = z.infer<typeof QueueItemSchema>;

/** More words name no caption better, and each is looked for by itself. */
export const MOST_SEARCH_WORDS = 8;

export function searchWords(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** An empty list would be a filter that nothing passes. */
function someOf<S extends z.ZodType>(one: S) {
  return z.array(one).min(1);
}

/** Query values of `GET /v1/incidents`; a name may be repeated, which means any of them. */
export const QueueFilterSchema = z.object({
  /** `active` is everything but resolved, the default. */
  state: someOf(z.enum(['active', 'all', ...StateSchema.options])).optional(),
  severity: someOf(SeveritySchema).optional(),
  tier: someOf(TierSchema).optional(),
  campaign: someOf(NameSchema).optional(),
  creator: someOf(NameSchema).optional(),
  /** A term's or an asset's id. */
  item: someOf(NameSchema).optional(),
  rule: someOf(NameSchema).optional(),
  /** `me`, `nobody`, or a name. */
  assignee: someOf(NameSchema).optional(),
  violation: someOf(ViolationSchema).optional(),
  platform: someOf(NameSchema).optional(),
  /** Opened from then on. */
  since: AskedInstantSchema.optional(),
  until: AskedInstantSchema.optional(),
  snoozed: z.boolean().optional(),
  overdue: z.boolean().optional(),
  /** Words that all occur in the captions, in any case. */
  q: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .refine((text) => searchWords(text).length <= MOST_SEARCH_WORDS, {
      error: `must have at most ${MOST_SEARCH_WORDS} words`,
    })
    .optional(),
});
export type QueueFilter = z.infer<typeof QueueFilterSchema>;

export const QueueOrderSchema = z.enum(['time-left', 'priority', 'newest']);

export const QueuePageSchema = z.object({
  items: z.array(QueueItemSchema),
  /** Null on the last page. */
  nextCursor: z.string().nullable(),
  /** All that match the filter. */
  total: z.int(),
  /** The same by group, in the queue's order, empty groups left out. */
  groups: z.array(z.object({ group: QueueGroupSchema, count: z.int() })),
  /** For an empty queue: when something was last heard and last found. */
  lastHeardAt: InstantSchema.nullable(),
  lastFoundAt: InstantSchema.nullable(),
  at: InstantSchema,
});
export type QueuePage = z.infer<typeof QueuePageSchema>;

/** Values to choose from, of the incidents that the account may see. */
export const QueueChoicesSchema = z.object({
  campaigns: z.array(z.object({ id: z.string(), name: z.string() })),
  rules: z.array(z.string()),
  assignees: z.array(z.string()),
  platforms: z.array(z.string()),
  /** People to assign to. */
  people: z.array(z.string()),
});
export type QueueChoices = z.infer<typeof QueueChoicesSchema>;

export const SavedViewSchema = z.object({
  name: z.string(),
  /** Null: it was saved when other filters were taken. */
  filter: QueueFilterSchema.nullable(),
  /** Null: it can't be counted. */
  count: z.int().nullable(),
});
export type SavedView = z.infer<typeof SavedViewSchema>;
export const SavedViewsSchema = z.object({ items: z.array(SavedViewSchema) });

const ViewNameSchema = seenText(60)
  // An address drops these parts of itself, so the view could not be deleted.
  .refine((name) => name !== '.' && name !== '..', { error: 'must be another name than `.` and `..`' });

export const NewViewSchema = z.strictObject({ name: ViewNameSchema, filter: QueueFilterSchema });
