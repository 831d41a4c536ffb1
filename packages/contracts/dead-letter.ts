import { z } from 'zod';
import { InstantSchema } from './common.ts';
import { HashIdSchema } from './ids.ts';

/** The place of the failed record. */
export const DeadLetterOriginSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('topic'),
    topic: z.string(),
    partition: z.int().min(0),
    /** A bigint in decimal. */
    offset: z.string().regex(/^\d+$/),
    key: z.string(),
    headers: z.record(z.string(), z.string()),
  }),
  z.strictObject({
    kind: z.literal('source'),
    source: z.string(),
    /** The place for people: `posts.jsonl:17`, a batch's index … */
    place: z.string(),
  }),
]);
export type DeadLetterOrigin = z.infer<typeof DeadLetterOriginSchema>;

/** A record that could not be processed, with everything needed to understand it and to try again. */
export const DeadLetterSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** Stays the same when a replay fails again. */
  id: HashIdSchema,
  /** The step that gave up: `ingest`, `matcher-text`, `matcher-image`, `alerting`. */
  stage: z.string().min(1),
  origin: DeadLetterOriginSchema,
  error: z.strictObject({ reason: z.string().min(1), message: z.string() }),
  attempts: z.int().min(1),
  firstFailedAt: InstantSchema,
  lastFailedAt: InstantSchema,
  /** The record's bytes: inline if they are small, else a blob. */
  payload: z.union([
    z.strictObject({ kind: z.literal('inline'), base64: z.string() }),
    z.strictObject({ kind: z.literal('blob'), sha256: HashIdSchema, bytes: z.int().min(0) }),
  ]),
});
export type DeadLetter = z.infer<typeof DeadLetterSchema>;
