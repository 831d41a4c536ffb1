import { z } from 'zod';
import { HashIdSchema } from './ids.ts';

/** A post kept as evidence, before its detections are published. */
export const KeptPostSchema = z.strictObject({
  /** Form of the record: the post as ingest published it, or its fingerprint from history. */
  form: z.enum(['post', 'fingerprint']),
  /** SHA-256 of the record's value, byte for byte; the post's media are kept with it. */
  recordSha256: HashIdSchema,
});
export type KeptPost = z.infer<typeof KeptPostSchema>;
