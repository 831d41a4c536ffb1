import { z } from 'zod';

/** The fields of a record that evidence shows, whatever the record's form and age. */
const RecordSchema = z.object({
  text: z.string().nullable().default(null),
  media: z
    .array(z.object({ index: z.int(), sourceUrl: z.string().nullable(), fetchError: z.string().nullable() }))
    .default([]),
  images: z.array(z.object({ mediaIndex: z.int(), sha256: z.string() })).default([]),
  provenance: z
    .object({
      connector: z.string(),
      transport: z.string(),
      cursor: z.string().nullable(),
      rawSha256: z.string(),
    })
    .nullable()
    .default(null),
});

/** One of a post's media without its bytes. */
export interface MissingMedia {
  readonly mediaIndex: number;
  readonly sourceUrl: string | null;
  /** The hash of its bytes when they were looked at; null if they never were. */
  readonly sha256: string | null;
  readonly why: string;
}

export interface ReadRecord {
  /** Null if the record has none: it is about images only. */
  readonly text: string | null;
  /** The source of the post and its place there; null for a record from history or from a detection. */
  readonly collectedBy: z.infer<typeof RecordSchema>['provenance'];
  readonly missing: readonly MissingMedia[];
}

/** Reads a preserved record; null if its bytes are no longer one. */
export function readRecord(bytes: Uint8Array, kept: ReadonlySet<number>): ReadRecord | null {
  const record = RecordSchema.safeParse(parseJson(bytes));
  if (!record.success) return null;
  const { text, media, images, provenance } = record.data;
  return {
    text,
    collectedBy: provenance,
    missing: [
      ...media
        .filter(({ index }) => !kept.has(index))
        .map(({ index, sourceUrl, fetchError }) => ({
          mediaIndex: index,
          sourceUrl,
          sha256: null,
          why: fetchError ?? 'its bytes were never kept',
        })),
      ...images
        .filter(({ mediaIndex }) => !kept.has(mediaIndex))
        .map(({ mediaIndex, sha256 }) => ({
          mediaIndex,
          sourceUrl: null,
          sha256,
          why: 'history keeps fingerprints and no pictures',
        })),
    ],
  };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
