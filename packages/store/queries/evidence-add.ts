import {
  KeptMediaSchema,
  KeptPostSchema,
  type Detection,
  type KeptMedia,
  type KeptPost,
} from '@leakwatch/contracts';
import { z } from 'zod';
import { parseRows } from '../parse-rows.ts';
import { type Queryable } from '../queryable.ts';

const KnownRowSchema = z.object({ recordSha256: z.string(), media: z.array(KeptMediaSchema) });
const SuppressedRowSchema = z.object({ detection: z.object({ kept: KeptPostSchema.optional() }) });

/**
 * What else is known to have been kept of a revision as ingest published it, for another of its occurrences or with a
 * detection of it that raised no alert: that with the most media.
 */
export async function findKeptPost(tx: Queryable, postId: string): Promise<KeptPost | null> {
  const occurrences = await tx.query(
    `SELECT e.record_sha256 AS "recordSha256",
       (SELECT coalesce(json_agg(json_build_object('mediaIndex', m.media_index, 'sha256', m.sha256)), '[]')
        FROM evidence_media m WHERE m.detection_id = e.detection_id) AS media
     FROM evidence e WHERE e.post_id = $1 AND e.form = 'post'`,
    [postId],
  );
  // Taken apart here: a path into json refuses some characters that the text of a post may have.
  const suppressed = await tx.query(
    'SELECT detection FROM suppressed_detection WHERE post_id = $1 AND detection IS NOT NULL',
    [postId],
  );
  const posts = [
    ...parseRows(occurrences, KnownRowSchema).map((row): KeptPost => ({ form: 'post', ...row })),
    ...parseRows(suppressed, SuppressedRowSchema).flatMap(({ detection: { kept } }) => kept ?? []),
  ].filter(({ form }) => form === 'post');
  return posts.toSorted((one, other) => other.media.length - one.media.length)[0] ?? null;
}

/** Which of these bytes are kept; they can't go before the transaction ends. */
export async function lockKeptBytes(tx: Queryable, sha256s: readonly string[]): Promise<Set<string>> {
  const answer = await tx.query({
    name: 'lock-kept-bytes',
    text: 'SELECT sha256 FROM kept_bytes WHERE sha256 = ANY ($1) ORDER BY sha256 FOR KEY SHARE',
    values: [sha256s],
  });
  return new Set(parseRows(answer, z.object({ sha256: z.string() })).map(({ sha256 }) => sha256));
}

export interface NewEvidence {
  readonly alertId: string;
  readonly detection: Detection;
  readonly form: KeptPost['form'] | 'detection';
  readonly recordSha256: string;
  readonly media: readonly KeptMedia[];
  readonly preservedAt: Date;
}

/** Writes what an occurrence rests on. All bytes named must be kept. */
export async function addEvidence(tx: Queryable, evidence: NewEvidence): Promise<void> {
  const { detection, media } = evidence;
  await tx.query({
    name: 'add-evidence',
    text: `WITH added AS (
        INSERT INTO evidence (detection_id, alert_id, post_id, thread_id, revision, form, record_sha256, lane, engine,
          watch_list_version, published_at, collected_at, detected_at, preserved_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      )
      INSERT INTO evidence_media (detection_id, media_index, sha256)
      SELECT $1, * FROM unnest($15::integer[], $16::text[]) ON CONFLICT DO NOTHING`,
    values: [
      detection.id,
      evidence.alertId,
      detection.post.id,
      detection.post.threadId,
      detection.post.revision,
      evidence.form,
      evidence.recordSha256,
      detection.lane,
      detection.engine,
      detection.watchListVersion,
      detection.post.publishedAt,
      detection.post.observedAt,
      detection.detectedAt,
      evidence.preservedAt,
      media.map(({ mediaIndex }) => mediaIndex),
      media.map(({ sha256 }) => sha256),
    ],
  });
}
