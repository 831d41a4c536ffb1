import { LaneSchema, sha256Hex } from '@leakwatch/contracts';
import { parseRows, plainLength, StoreError, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const KeptFileSchema = z
  .object({
    sha256: z.string(),
    mime: z.string(),
    bytes: z.int(),
    /** The kind of the envelope that the bytes are in; null: in none. */
    envelope: z.int().nullable(),
    /** Whether the bytes in the database still have their hash; null if that was not checked. */
    intact: z.boolean().nullable(),
  })
  .transform(({ envelope, bytes, ...file }) => ({
    ...file,
    bytes: envelope === null ? bytes : plainLength(bytes, envelope),
    inEnvelope: envelope !== null,
  }));

const EvidenceSchema = z.object({
  detectionId: z.string(),
  postId: z.string(),
  threadId: z.string(),
  revision: z.coerce.number(),
  form: z.enum(['post', 'fingerprint', 'detection']),
  record: KeptFileSchema,
  media: z.array(z.object({ mediaIndex: z.int() }).and(KeptFileSchema)),
  lane: LaneSchema,
  engine: z.string(),
  watchListVersion: z.int(),
  publishedAt: z.date(),
  collectedAt: z.date(),
  detectedAt: z.date(),
  preservedAt: z.date(),
});
export type StoredEvidence = z.infer<typeof EvidenceSchema>;

/**
 * The evidence of an alert, in the order in which it was found.
 *
 * @param verify - hashes all bytes again: in the database, or here if it does not see them
 */
export async function listEvidence(
  db: Queryable,
  alertId: string,
  { verify }: { verify: boolean } = { verify: false },
): Promise<StoredEvidence[]> {
  const file = (kept: string) =>
    `'sha256', ${kept}.sha256, 'mime', ${kept}.mime, 'bytes', octet_length(${kept}.bytes), 'envelope',
       CASE WHEN has_envelope(${kept}.bytes) THEN get_byte(${kept}.bytes, 4) END,
     'intact', CASE WHEN $2 AND NOT has_envelope(${kept}.bytes) THEN ${kept}.sha256 = encode(sha256(${kept}.bytes), 'hex') END`;
  const answer = await db.query(
    `SELECT e.detection_id AS "detectionId", e.post_id AS "postId", e.thread_id AS "threadId", e.revision, e.form,
       json_build_object(${file('r')}) AS record,
       (SELECT coalesce(json_agg(json_build_object('mediaIndex', m.media_index, ${file('k')}) ORDER BY m.media_index, m.kept_at), '[]')
        FROM kept_media m JOIN kept_bytes k USING (sha256) WHERE m.record_sha256 = e.record_sha256) AS media,
       e.lane, e.engine, e.watch_list_version AS "watchListVersion", e.published_at AS "publishedAt",
       e.collected_at AS "collectedAt", e.detected_at AS "detectedAt", e.preserved_at AS "preservedAt"
     FROM evidence e
     JOIN alert_occurrence o USING (detection_id)
     JOIN kept_bytes r ON r.sha256 = e.record_sha256
     WHERE e.alert_id = $1 ORDER BY o.position`,
    [alertId, verify],
  );
  const evidence = parseRows(answer, EvidenceSchema);
  if (verify)
    for (const { record, media } of evidence) for (const file of [record, ...media]) await check(db, file);
  return evidence;
}

async function check(db: Queryable, file: z.infer<typeof KeptFileSchema>): Promise<void> {
  if (!file.inEnvelope) return;
  try {
    const bytes = await loadKeptBytes(db, file.sha256);
    file.intact = bytes !== null && sha256Hex(bytes) === file.sha256;
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'sealed-value-broken') throw error;
    file.intact = false;
  }
}

/** The bytes of evidence; null if they are not kept. */
export async function loadKeptBytes(db: Queryable, sha256: string): Promise<Uint8Array | null> {
  const answer = await db.query('SELECT bytes FROM kept_bytes WHERE sha256 = $1', [sha256]);
  return parseRows(answer, z.object({ bytes: z.instanceof(Uint8Array) }))[0]?.bytes ?? null;
}
