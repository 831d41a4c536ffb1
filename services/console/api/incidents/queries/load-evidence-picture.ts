import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

/** The bytes of a picture that is evidence of this alert; null if it is not. */
export async function loadEvidencePicture(
  db: Queryable,
  alertId: string,
  sha256: string,
): Promise<Uint8Array | null> {
  const answer = await db.query(
    `SELECT k.bytes FROM kept_bytes k WHERE k.sha256 = $2 AND EXISTS (
       SELECT FROM evidence e JOIN kept_media m ON m.record_sha256 = e.record_sha256
       WHERE e.alert_id = $1 AND m.sha256 = k.sha256
     )`,
    [alertId, sha256],
  );
  return parseRows(answer, z.object({ bytes: z.instanceof(Uint8Array) }))[0]?.bytes ?? null;
}
