import { KeptPostSchema, type Detection, type KeptPost } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const KnownRowSchema = z.object({ recordSha256: z.string() });
const SuppressedRowSchema = z.object({ detection: z.object({ kept: KeptPostSchema.optional() }) });

/**
 * Finds a whole record of a revision, as ingest published it: one kept for another occurrence, or for a detection of it
 * that raised no alert.
 */
export async function findKeptPost(tx: Queryable, postId: string): Promise<KeptPost | null> {
  const occurrences = await tx.query(
    `SELECT record_sha256 AS "recordSha256" FROM evidence WHERE post_id = $1 AND form = 'post' LIMIT 1`,
    [postId],
  );
  const [known] = parseRows(occurrences, KnownRowSchema);
  if (known !== undefined) return { form: 'post', ...known };
  // Taken apart here: a JSON path refuses some characters that the text of a post may have.
  const suppressed = await tx.query(
    'SELECT detection FROM suppressed_detection WHERE post_id = $1 AND detection IS NOT NULL',
    [postId],
  );
  const kept = parseRows(suppressed, SuppressedRowSchema).flatMap(({ detection }) => detection.kept ?? []);
  return kept.find(({ form }) => form === 'post') ?? null;
}

export interface NewEvidence {
  readonly alertId: string;
  readonly detection: Detection;
  readonly form: KeptPost['form'] | 'detection';
  readonly recordSha256: string;
  readonly preservedAt: Date;
}

/** Writes the evidence of an occurrence; false, and nothing is written, if that record is not kept. */
export async function addEvidence(tx: Queryable, evidence: NewEvidence): Promise<boolean> {
  const { detection } = evidence;
  const { rowCount } = await tx.query({
    name: 'add-evidence',
    text: `INSERT INTO evidence (detection_id, alert_id, post_id, thread_id, revision, form, record_sha256, lane, engine,
        watch_list_version, published_at, collected_at, detected_at, preserved_at)
      SELECT $1, $2, $3, $4, $5, $6, sha256, $8, $9, $10, $11, $12, $13, $14
      FROM kept_bytes WHERE sha256 = $7 FOR KEY SHARE`,
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
    ],
  });
  return rowCount === 1;
}
