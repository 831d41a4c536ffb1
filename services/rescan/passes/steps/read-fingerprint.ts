import { EVENTS, type Fingerprint } from '@leakwatch/contracts';
import { decodeEvent, RecordError, type LogRecord } from '@leakwatch/event-log';
import { type FingerprintContent } from '@leakwatch/matching';
import { z } from 'zod';

/**
 * As much of a fingerprint as filters and matchers look at. Hashes and instants went through the whole schema when they were
 * written; checking them again would take several times as long as the matching, for records of which next to none match. One that does is decoded in
 * full before anything is said of it.
 */
const PostSketchSchema = z.object({
  creatorId: z.string(),
  platform: z.string(),
  publishedAt: z.string(),
});
const SketchSchema = z.discriminatedUnion('lane', [
  z.object({ lane: z.literal('text'), engine: z.string(), post: PostSketchSchema, text: z.string() }),
  z.object({
    lane: z.literal('image'),
    engine: z.string(),
    post: PostSketchSchema,
    images: z.array(z.object({ mediaIndex: z.int().min(0), data: z.string() })),
  }),
]);
export type FingerprintSketch = z.infer<typeof SketchSchema>;

/** Null where the record is not what its topic promises. */
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

/** What the matchers take of it. */
export function contentOf(sketch: FingerprintSketch): FingerprintContent {
  if (sketch.lane === 'text') return { lane: 'text', text: sketch.text };
  const images = sketch.images.map(({ mediaIndex, data }) => ({
    mediaIndex,
    data: Buffer.from(data, 'base64'),
  }));
  return { lane: 'image', images };
}

/** All of the fingerprint, checked by its schema; null where it is not as it should be. */
export function readFingerprint(record: Pick<LogRecord, 'headers' | 'value'>): Fingerprint | null {
  try {
    return decodeEvent(record, EVENTS.fingerprint);
  } catch (error) {
    if (error instanceof RecordError) return null;
    throw error;
  }
}
