import { createHash } from 'node:crypto';
import { type Queryable } from '../queryable.ts';

/** Keeps bytes under their hash, and gives the hash in lower-case hex. Existing bytes stay. */
export async function saveBlob(
  db: Queryable,
  blob: { readonly bytes: Uint8Array; readonly mime: string },
): Promise<string> {
  const sha256 = createHash('sha256').update(blob.bytes).digest('hex');
  await db.query(
    'INSERT INTO blob (sha256, mime, bytes) VALUES ($1, $2, $3) ON CONFLICT (sha256) DO NOTHING',
    [sha256, blob.mime, blob.bytes],
  );
  return sha256;
}
