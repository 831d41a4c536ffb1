import { createHash } from 'node:crypto';
import { type Queryable } from '../queryable.ts';
import { secretBytes } from '../sealing/secret.ts';

/**
 * Keeps bytes under their hash, and gives the hash in lower-case hex. Existing bytes stay, and count as saved now.
 *
 * @param blob.lasting - they are the watch list's, and stay as long as it does
 */
export async function saveBlob(
  db: Queryable,
  blob: { readonly bytes: Uint8Array; readonly mime: string; readonly lasting?: boolean },
): Promise<string> {
  const sha256 = createHash('sha256').update(blob.bytes).digest('hex');
  await db.query(
    `INSERT INTO blob AS known (sha256, mime, bytes, lasting) VALUES ($1, $2, $3, $4)
     ON CONFLICT (sha256) DO UPDATE SET created_at = now(), lasting = known.lasting OR excluded.lasting
       WHERE known.created_at < now() - interval '1 hour' OR known.lasting < excluded.lasting`,
    [sha256, blob.mime, secretBytes(blob.bytes), blob.lasting ?? false],
  );
  return sha256;
}
