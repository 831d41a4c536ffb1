import { parseRows, secretBytes, secretJson, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const FingerprintSchema = z.object({ sha256: z.string(), engine: z.string(), fingerprint: z.string() });
export type UploadedFingerprint = z.infer<typeof FingerprintSchema>;

/** Drafts older than this have lost their pictures. */
const KEPT = '30 days';
/** The most pictures of drafts, of all people together. */
export const MOST_UPLOADS = 1000;

/** Keeps an uploaded picture, and forgets those that no draft needs any more. False: there are too many. */
export async function keepUpload(
  db: Queryable,
  upload: UploadedFingerprint & { readonly bytes: Uint8Array; readonly by: string; readonly at: Date },
): Promise<boolean> {
  const { sha256, engine, fingerprint, bytes, by, at } = upload;
  await db.query(
    `DELETE FROM console_picture p WHERE uploaded_at < $1::timestamptz - interval '${KEPT}'
       OR EXISTS (SELECT FROM blob WHERE blob.sha256 = p.sha256 AND blob.lasting)`,
    [at],
  );
  const kept = await db.query(
    `INSERT INTO console_picture (sha256, bytes, engine, fingerprint, uploaded_by, uploaded_at)
     SELECT $1, $2, $3, $4, $5, $6 WHERE (SELECT count(*) FROM console_picture) < ${MOST_UPLOADS}
     ON CONFLICT (sha256) DO UPDATE SET engine = excluded.engine, fingerprint = excluded.fingerprint,
       uploaded_by = excluded.uploaded_by, uploaded_at = excluded.uploaded_at`,
    [sha256, secretBytes(bytes), engine, secretJson(fingerprint), by, at],
  );
  return (kept.rowCount ?? 0) > 0;
}

/** The pictures among some that a person was the last to upload. */
export async function listUploadsOf(
  db: Queryable,
  by: string,
  sha256s: readonly string[],
): Promise<string[]> {
  const answer = await db.query(
    'SELECT sha256 FROM console_picture WHERE sha256 = ANY ($1) AND uploaded_by = $2',
    [sha256s, by],
  );
  return parseRows(answer, z.object({ sha256: z.string() })).map(({ sha256 }) => sha256);
}

export async function loadUploadedFingerprints(
  db: Queryable,
  sha256s: readonly string[],
): Promise<UploadedFingerprint[]> {
  const answer = await db.query(
    'SELECT sha256, engine, fingerprint FROM console_picture WHERE sha256 = ANY ($1)',
    [sha256s],
  );
  return parseRows(answer, FingerprintSchema);
}

/** The bytes of a picture, whether it was uploaded lately or a version holds it; null if neither. */
export async function loadDraftPicture(db: Queryable, sha256: string): Promise<Uint8Array | null> {
  const answer = await db.query(
    `SELECT bytes FROM console_picture WHERE sha256 = $1 UNION ALL SELECT bytes FROM blob WHERE sha256 = $1 LIMIT 1`,
    [sha256],
  );
  return parseRows(answer, z.object({ bytes: z.instanceof(Uint8Array) }))[0]?.bytes ?? null;
}
