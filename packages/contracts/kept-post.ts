import { z } from 'zod';
import { HashIdSchema } from './ids.ts';

/** Bytes that were kept of one of a post's media. */
export const KeptMediaSchema = z.strictObject({
  mediaIndex: z.int().min(0),
  sha256: HashIdSchema,
});
export type KeptMedia = z.infer<typeof KeptMediaSchema>;

/**
 * What was kept of a post, before anything was said of it, for the evidence of an alert: by the hashes of the bytes. Media
 * whose bytes nobody had are not among them.
 */
export const KeptPostSchema = z.strictObject({
  /** What the record is: the post as ingest published it, or the fingerprint that history had of it. */
  form: z.enum(['post', 'fingerprint']),
  /** Of the record's value, byte for byte. */
  recordSha256: HashIdSchema,
  media: z.array(KeptMediaSchema),
});
export type KeptPost = z.infer<typeof KeptPostSchema>;
