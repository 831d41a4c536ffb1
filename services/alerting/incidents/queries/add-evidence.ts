import { KeptPostSchema, type Detection, type KeptPost } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

/** A record that evidence may rest on. */
export interface KeptRecord {
  readonly form: KeptPost['form'] | 'detection';
  readonly recordSha256: string;
}

const KnownRowSchema = z.object({ postId: z.string(), recordSha256: z.string() });
const SuppressedRowSchema = z.object({
  postId: z.string(),
  detection: z.object({ kept: KeptPostSchema.optional() }),
});

/**
 * Finds a whole record of each of these revisions, as ingest published it: one kept for another occurrence, or for a
 * detection of it that raised no alert. Gives them by the post's id.
 */
export async function findKeptPosts(
  tx: Queryable,
  postIds: readonly string[],
): Promise<ReadonlyMap<string, KeptRecord>> {
  const found = new Map<string, KeptRecord>();
  const note = (postId: string, recordSha256: string) => found.set(postId, { form: 'post', recordSha256 });
  const occurrences = await tx.query(
    `SELECT DISTINCT ON (post_id) post_id AS "postId", record_sha256 AS "recordSha256"
     FROM evidence WHERE post_id = ANY ($1::text[]) AND form = 'post' ORDER BY post_id`,
    [postIds],
  );
  for (const { postId, recordSha256 } of parseRows(occurrences, KnownRowSchema)) note(postId, recordSha256);
  const others = postIds.filter((id) => !found.has(id));
  if (others.length === 0) return found;
  // Taken apart here: a JSON path refuses some characters that the text of a post may have.
  const suppressed = await tx.query(
    `SELECT post_id AS "postId", detection FROM suppressed_detection
     WHERE post_id = ANY ($1::text[]) AND detection IS NOT NULL`,
    [others],
  );
  for (const { postId, detection } of parseRows(suppressed, SuppressedRowSchema)) {
    if (detection.kept?.form === 'post') note(postId, detection.kept.recordSha256);
  }
  return found;
}

export interface NewEvidence extends KeptRecord {
  readonly alertId: string;
  readonly detection: Detection;
}

/**
 * Writes the evidence of occurrences, each once. Gives the ids of the detections for which it was written: nothing is
 * where the record is not kept.
 */
export async function addEvidence(
  tx: Queryable,
  evidence: readonly NewEvidence[],
  preservedAt: Date,
): Promise<ReadonlySet<string>> {
  if (evidence.length === 0) return new Set();
  const each = <T>(of: (detection: Detection) => T) => evidence.map(({ detection }) => of(detection));
  const answer = await tx.query({
    name: 'add-evidence',
    text: `INSERT INTO evidence (detection_id, alert_id, post_id, thread_id, revision, form, record_sha256, lane, engine,
        watch_list_version, published_at, collected_at, detected_at, preserved_at)
      SELECT detection_id, alert_id, post_id, thread_id, revision, form, sha256, lane, engine, watch_list_version, published_at,
        collected_at, detected_at, $14::timestamptz
      FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[],
          $10::integer[], $11::timestamptz[], $12::timestamptz[], $13::timestamptz[])
        AS new (detection_id, alert_id, post_id, thread_id, revision, form, record_sha256, lane, engine, watch_list_version,
          published_at, collected_at, detected_at)
      JOIN kept_bytes k ON k.sha256 = new.record_sha256
      ORDER BY k.sha256 FOR KEY SHARE OF k
      RETURNING detection_id AS "detectionId"`,
    values: [
      each(({ id }) => id),
      evidence.map(({ alertId }) => alertId),
      each(({ post }) => post.id),
      each(({ post }) => post.threadId),
      each(({ post }) => post.revision),
      evidence.map(({ form }) => form),
      evidence.map(({ recordSha256 }) => recordSha256),
      each(({ lane }) => lane),
      each(({ engine }) => engine),
      each(({ watchListVersion }) => watchListVersion),
      each(({ post }) => post.publishedAt),
      each(({ post }) => post.observedAt),
      each(({ detectedAt }) => detectedAt),
      preservedAt,
    ],
  });
  return new Set(
    parseRows(answer, z.object({ detectionId: z.string() })).map(({ detectionId }) => detectionId),
  );
}
