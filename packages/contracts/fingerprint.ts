import { z } from 'zod';
import { InstantSchema } from './common.ts';
import { HashIdSchema, hashId } from './ids.ts';
import { PostReferenceSchema } from './post.ts';
import { TextFieldSchema } from './text-field.ts';

/** One image's fingerprint, as the image engine packed it; only an engine of that version can read `data`. */
export const ImageFingerprintSchema = z.strictObject({
  mediaIndex: z.int().min(0),
  sha256: HashIdSchema,
  widthPx: z.int().positive(),
  heightPx: z.int().positive(),
  /** Base64. */
  data: z.string(),
  /** The parts of the file that the fingerprint does not cover: damage, or frames left out. Absent for none. */
  notes: z.array(z.strictObject({ kind: z.enum(['partial', 'unseen']), message: z.string() })).optional(),
});
export type ImageFingerprint = z.infer<typeof ImageFingerprintSchema>;

const fingerprintBase = {
  schemaVersion: z.literal(1),
  /** {@link fingerprintId} of post and lane. */
  id: HashIdSchema,
  post: PostReferenceSchema,
  /** Name and version of the engine that made it, like `pdq/1`. */
  engine: z.string().min(1),
  fingerprintedAt: InstantSchema,
};

/** A post's fingerprint, kept to match it again later without its media. */
export const FingerprintSchema = z.discriminatedUnion('lane', [
  z.strictObject({
    ...fingerprintBase,
    lane: z.literal('text'),
    /** The post's own words: its caption and the descriptions of its pictures. */
    text: z.string(),
    /**
     * The fields of the post but its caption, and but the handle and the address that its reference holds. Absent in records
     * from before there were fields; those from soon after hold the handle and the address as well.
     */
    fields: z.array(TextFieldSchema).optional(),
    language: z.string().optional(),
  }),
  z.strictObject({ ...fingerprintBase, lane: z.literal('image'), images: z.array(ImageFingerprintSchema) }),
]);
export type Fingerprint = z.infer<typeof FingerprintSchema>;

export function fingerprintId(postId: string, lane: 'text' | 'image'): string {
  return hashId('fingerprint', postId, lane);
}
