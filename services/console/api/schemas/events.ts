import { z } from 'zod';
import { IdSchema, InstantSchema } from './common.ts';

/**
 * `GET /v1/events` is a stream of server-sent events. Each has an `id`; a browser that connects again sends it as
 * `Last-Event-ID` and misses nothing. `event:` is the type, `data:` the JSON.
 */
export const IncidentEventSchema = z.object({
  type: z.literal('incident'),
  id: IdSchema,
  version: z.string(),
  /** `opened`, `acknowledged`, `verdict-given` … */
  change: z.string(),
  /** Null: by itself. */
  by: z.string().nullable(),
  at: InstantSchema,
});

/** More was missed than is kept, or `Last-Event-ID` is no place in the stream: load the queue again. */
export const ResetEventSchema = z.object({ type: z.literal('reset') });

/** The session has ended: sign in again. */
export const SignedOutEventSchema = z.object({ type: z.literal('signed-out') });

export const LiveEventSchema = z.discriminatedUnion('type', [
  IncidentEventSchema,
  ResetEventSchema,
  SignedOutEventSchema,
]);
export type LiveEvent = z.infer<typeof LiveEventSchema>;
