import { EVENTS, TextFieldKindSchema, type Fingerprint } from '@leakwatch/contracts';
import { decodeEvent, RecordError, type LogRecord } from '@leakwatch/event-log';
import { textOfFingerprint, type FingerprintContent } from '@leakwatch/matching';
import { z } from 'zod';

/**
 * The part of a fingerprint that filters and matchers need. The whole schema checked hashes and instants when they were
 * written. To check them again would take several times as long as the matching, and almost none of the records match.
 * One that does is decoded in full before it is reported.
 */
const PostSketchSchema = z.object({
  creatorId: z.string(),
  platform: z.string(),
  authorHandle: z.string(),
  canonicalUrl: z.string().nullable(),
  publishedAt: z.string(),
});
const SketchSchema = z.discriminatedUnion('lane', [
  z.object({
    lane: z.literal('text'),
    engine: z.string(),
    post: PostSketchSchema,
    text: z.string(),
    fields: z.array(z.object({ kind: TextFieldKindSchema, text: z.string() })).optional(),
    language: z.string().optional(),
  }),
  z.object({
    lane: z.literal('image'),
    engine: z.string(),
    post: PostSketchSchema,
    images: z.array(z.object({ mediaIndex: z.int().min(0), data: z.string() })),
  }),
]);
export type FingerprintSketch = z.infer<typeof SketchSchema>;

/** Null if the record breaks its topic's promise. */
export function sketchFingerprint(record: Pick<LogRecord, 'value'>): FingerprintSketch | null {
  let value: unknown;
  try {
    value = JSON.parse(
      Buffer.from(record.value.buffer, record.value.byteOffset, record.value.byteLength).toString(),
    );
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  const parsed = SketchSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** The part that the matchers take. */
export function contentOf(sketch: FingerprintSketch): FingerprintContent {
  if (sketch.lane === 'text') return { lane: 'text', post: textOfFingerprint(sketch) };
  const images = sketch.images.map(({ mediaIndex, data }) => ({
    mediaIndex,
    data: Buffer.from(data, 'base64'),
  }));
  return { lane: 'image', images };
}

/** The whole fingerprint, checked by its schema; null if it does not fit. */
export function readFingerprint(record: Pick<LogRecord, 'headers' | 'value'>): Fingerprint | null {
  try {
    return decodeEvent(record, EVENTS.fingerprint);
  } catch (error) {
    if (error instanceof RecordError) return null;
    throw error;
  }
}
