import { z } from 'zod';
import { AskedInstantSchema, IdSchema, InstantSchema, NameSchema, VerdictKindSchema } from './common.ts';
import { QueueFilterSchema, QueueItemSchema } from './queue.ts';

const ReasonSchema = z.string().trim().max(2000);

/** A move of one incident, by the names of the command line. `work` assigns it to oneself and starts the investigation. */
export const MoveSchema = z.discriminatedUnion('change', [
  z.strictObject({ change: z.literal('acknowledged') }),
  z.strictObject({ change: z.literal('investigating') }),
  z.strictObject({ change: z.literal('work') }),
  z.strictObject({ change: z.literal('snoozed'), until: AskedInstantSchema }),
  z.strictObject({ change: z.literal('snooze-ended') }),
  z.strictObject({ change: z.literal('reopened') }),
  z.strictObject({ change: z.literal('assigned'), to: NameSchema.nullable() }),
  z.strictObject({ change: z.literal('merged'), into: IdSchema }),
  z.strictObject({ change: z.literal('verdict-given'), verdict: VerdictKindSchema }),
]);
export type Move = z.infer<typeof MoveSchema>;

/** A verdict needs a reason; for the other moves it may be empty. `note` is added to it. */
export const MoveRequestSchema = z.strictObject({
  version: z.string().min(1).max(40),
  move: MoveSchema,
  reason: ReasonSchema.default(''),
  note: ReasonSchema.default(''),
});
export type MoveRequest = z.input<typeof MoveRequestSchema>;

/** The incident after a move, and for how long the move can be taken back. */
export const MoveAnswerSchema = z.object({
  incident: QueueItemSchema,
  undo: z.object({ id: z.string(), until: InstantSchema }).nullable(),
});
export type MoveAnswer = z.infer<typeof MoveAnswerSchema>;

/** These incidents, or all that match a filter. */
export const SelectionSchema = z.union([
  z.strictObject({ ids: z.array(IdSchema).min(1).max(500) }),
  z.strictObject({ filter: QueueFilterSchema }),
]);
export type Selection = z.infer<typeof SelectionSchema>;

export const BulkPreviewRequestSchema = z.strictObject({ select: SelectionSchema, move: MoveSchema });
export const BulkPreviewSchema = z.object({
  /** Incidents that would change. */
  count: z.int(),
  /** Incidents whose state does not allow the move. */
  refused: z.int(),
  bySeverity: z.record(z.string(), z.int()),
  campaigns: z.array(z.string()),
});
export type BulkPreview = z.infer<typeof BulkPreviewSchema>;

/** `expect` is the preview's count: another count is refused as `count-changed`. */
export const BulkRequestSchema = z.strictObject({
  select: SelectionSchema,
  move: MoveSchema,
  reason: ReasonSchema.default(''),
  note: ReasonSchema.default(''),
  expect: z.int().min(0),
});
export type BulkRequest = z.input<typeof BulkRequestSchema>;
export const BulkAnswerSchema = z.object({
  changed: z.int(),
  refused: z.array(z.object({ id: IdSchema, detail: z.string() })),
  undo: z.object({ id: z.string(), until: InstantSchema }).nullable(),
});
export type BulkAnswer = z.infer<typeof BulkAnswerSchema>;

export const UndoAnswerSchema = z.object({
  undone: z.int(),
  incidents: z.array(QueueItemSchema),
  /** Those that somebody has moved since the bulk change: they stay as they are now. */
  movedSince: z.array(z.object({ incident: QueueItemSchema, move: z.string(), by: z.string() })),
});
export type UndoAnswer = z.infer<typeof UndoAnswerSchema>;

export const ChecklistChangeSchema = z.strictObject({ item: NameSchema, done: z.boolean() });
export const SentMessageSchema = z.strictObject({
  via: z.string().trim().min(1).max(200).optional(),
  note: z.string().trim().min(1).max(2000).optional(),
  text: z.string().max(20_000).optional(),
});
