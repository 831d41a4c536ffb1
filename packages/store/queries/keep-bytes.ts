import { type Queryable } from '../queryable.ts';
import { saveBlob } from './save-blob.ts';

/** Keeps bytes of no particular kind as blobs, as dead letters want it for payloads too large to stand in them. */
export function keepBytes(
  db: Queryable,
): (bytes: Uint8Array) => Promise<{ readonly sha256: string; readonly bytes: number }> {
  return async (bytes) => ({
    sha256: await saveBlob(db, { bytes, mime: 'application/octet-stream' }),
    bytes: bytes.byteLength,
  });
}
