import { z } from 'zod';
import { parseRows } from '../parse-rows.ts';
import { type Queryable } from '../queryable.ts';

const BlobRowSchema = z.object({
  sha256: z.string(),
  mime: z.string(),
  bytes: z.instanceof(Uint8Array),
  createdAt: z.date(),
});
export type StoredBlob = z.infer<typeof BlobRowSchema>;

/** @param sha256 in lower-case hex, as `saveBlob` gave it. */
export async function loadBlob(db: Queryable, sha256: string): Promise<StoredBlob | null> {
  const answer = await db.query(
    'SELECT sha256, mime, bytes, created_at AS "createdAt" FROM blob WHERE sha256 = $1',
    [sha256],
  );
  return parseRows(answer, BlobRowSchema)[0] ?? null;
}
