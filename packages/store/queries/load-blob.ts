import { z } from 'zod';
import { parseRows } from '../parse-rows.ts';
import { type Queryable } from '../queryable.ts';
import { PART_BYTES } from '../sealing/envelope.ts';

const BlobRowSchema = z.object({
  sha256: z.string(),
  mime: z.string(),
  bytes: z.instanceof(Uint8Array),
  size: z.int(),
  createdAt: z.date(),
});
export type StoredBlob = Omit<z.infer<typeof BlobRowSchema>, 'size'>;

const PartSchema = z.object({ bytes: z.instanceof(Uint8Array) });

/**
 * The driver gets bytes as text and holds both for a while, so a large blob is read part by part. Sealed bytes are parts of the
 * same length, which are opened one by one.
 *
 * @param sha256 in lower-case hex, as `saveBlob` gave it
 */
export async function loadBlob(db: Queryable, sha256: string): Promise<StoredBlob | null> {
  const answer = await db.query(
    `SELECT sha256, mime, substring(bytes FROM 1 FOR ${PART_BYTES}) AS bytes, octet_length(bytes) AS size,
       created_at AS "createdAt" FROM blob WHERE sha256 = $1`,
    [sha256],
  );
  const first = parseRows(answer, BlobRowSchema)[0];
  if (first === undefined) return null;
  const { size, ...blob } = first;
  if (size <= PART_BYTES) return blob;
  const parts: Uint8Array[] = [blob.bytes];
  for (let at = PART_BYTES; at < size; at += PART_BYTES) {
    const part = await loadPart(db, sha256, at);
    if (part === null || part.byteLength === 0) return null;
    parts.push(part);
  }
  return { ...blob, bytes: Buffer.concat(parts) };
}

/** Null if the blob was deleted in the meantime. */
async function loadPart(db: Queryable, sha256: string, at: number): Promise<Uint8Array | null> {
  const answer = await db.query(
    `SELECT substring(bytes FROM $2::integer FOR ${PART_BYTES}) AS bytes FROM blob WHERE sha256 = $1`,
    [sha256, at + 1],
  );
  return parseRows(answer, PartSchema)[0]?.bytes ?? null;
}
