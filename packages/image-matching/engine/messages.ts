import { z } from 'zod';
import { PICTURE_NOTE_KINDS } from '../decode/picture-note.ts';
import { IMAGE_FAILURE_REASONS } from '../errors/image-error.ts';

const BytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** Kinds of jobs: fingerprint a post's picture, or register an asset. */
const JobKindSchema = z.enum(['fingerprint', 'register']);
export type JobKind = z.infer<typeof JobKindSchema>;

/** Message to a worker, which does one job at a time. */
export const JobMessageSchema = z.strictObject({
  id: z.int(),
  kind: JobKindSchema,
  bytes: BytesSchema,
});
export type JobMessage = z.infer<typeof JobMessageSchema>;

/** Message from a worker. */
export const WorkerMessageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready') }),
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
    kind: z.literal('refused'),
    id: z.int(),
    reason: z.enum(IMAGE_FAILURE_REASONS),
    message: z.string(),
  }),
]);
export type WorkerMessage = z.infer<typeof WorkerMessageSchema>;
export type JobResult = Omit<Extract<WorkerMessage, { kind: 'done' }>, 'kind' | 'id'>;
