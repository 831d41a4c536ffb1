import { z } from 'zod';
import { PICTURE_NOTE_KINDS } from '../decode/picture-note.ts';
import { IMAGE_FAILURE_REASONS } from '../errors/image-error.ts';
import { LEAK_WAYS } from '../trial/leak-ways.ts';

const BytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** Kinds of jobs: fingerprint a post's picture, register an asset, leak one in every way and fingerprint the copies, or show a picture's pixels. */
const JobKindSchema = z.enum(['fingerprint', 'register', 'leak', 'show']);
export type JobKind = z.infer<typeof JobKindSchema>;

/** A job for a worker, which does one at a time. */
export const JobMessageSchema = z.strictObject({
  id: z.int(),
  kind: JobKindSchema,
  bytes: BytesSchema,
});
export type JobMessage = z.infer<typeof JobMessageSchema>;

/** The answer to "weighed": whether the worker may decode the picture. */
const DecodeMessageSchema = z.strictObject({
  kind: z.literal('decode'),
  id: z.int(),
  isAllowed: z.boolean(),
});
export type DecodeMessage = z.infer<typeof DecodeMessageSchema>;

/** Message to a worker. */
export const ToWorkerSchema = z.union([JobMessageSchema, DecodeMessageSchema]);

/** Message from a worker. */
export const WorkerMessageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready') }),
  /** The worker has read the header and waits for leave to decode. */
  z.strictObject({ kind: z.literal('weighed'), id: z.int(), bytes: z.int().min(0) }),
  z.strictObject({
    kind: z.literal('done'),
    id: z.int(),
    widthPx: z.int(),
    heightPx: z.int(),
    data: BytesSchema,
    notes: z.array(z.strictObject({ kind: z.enum(PICTURE_NOTE_KINDS), message: z.string() })).readonly(),
    warnings: z.array(z.string()),
  }),
  z.strictObject({
    kind: z.literal('leaked'),
    id: z.int(),
    copies: z.array(z.strictObject({ way: z.enum(LEAK_WAYS), data: BytesSchema })),
  }),
  z.strictObject({
    kind: z.literal('shown'),
    id: z.int(),
    width: z.int(),
    height: z.int(),
    data: BytesSchema,
  }),
  z.strictObject({
    kind: z.literal('refused'),
    id: z.int(),
    reason: z.enum(IMAGE_FAILURE_REASONS),
    message: z.string(),
  }),
]);
export type WorkerMessage = z.infer<typeof WorkerMessageSchema>;
export type JobResult = Extract<WorkerMessage, { kind: 'done' | 'leaked' | 'shown' }>;
