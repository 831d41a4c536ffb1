import { z } from 'zod';
import { HashIdSchema } from './ids.ts';

/** What was kept of a post, before anything was said of it, for the evidence of an alert. */
export const KeptPostSchema = z.strictObject({
  /** What the record is: the post as ingest published it, or the fingerprint that history had of it. */
  form: z.enum(['post', 'fingerprint']),
  /** SHA-256 of the record's value, byte for byte: the post's media are kept with it. */
  recordSha256: HashIdSchema,
});
export type KeptPost = z.infer<typeof KeptPostSchema>;
