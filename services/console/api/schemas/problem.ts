import { z } from 'zod';

/** The `code` of each problem; a client decides by it and shows `title` and `detail`. */
export const ProblemCodeSchema = z.enum([
  'bad-request',
  'not-signed-in',
  'wrong-credentials',
  'locked-out',
  'forbidden',
  'not-found',
  'bad-picture',
  'cross-site',
  'illegal-move',
  'stale',
  'undo-over',
  'count-changed',
  'wrong-method',
  'too-slow',
  'too-large',
  'wrong-type',
  'headers-too-large',
  'too-many-requests',
  'unavailable',
  'failed',
]);
export type ProblemCode = z.infer<typeof ProblemCodeSchema>;

/** RFC 9457, sent as `application/problem+json` with every status from 400 on. */
export const ProblemSchema = z.object({
  /** `https://leakwatch.dev/problems/<code>` */
  type: z.string(),
  code: ProblemCodeSchema,
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  /** One line a mistake, each with its place: `body/reason: must not be empty`. */
  problems: z.array(z.string()).optional(),
  /** Only of `stale`: who changed the incident since, how and when, and its version now. */
  changed: z
    .object({ by: z.string(), change: z.string(), at: z.iso.datetime({ offset: true }), version: z.string() })
    .optional(),
  /** Seconds to wait; also in `Retry-After`. */
  retryAfter: z.int().optional(),
});
export type Problem = z.infer<typeof ProblemSchema>;
