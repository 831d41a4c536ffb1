import { type Queryable } from '../queryable.ts';
import { saveBlob } from './save-blob.ts';

/** Keeps arbitrary bytes as blobs; dead letters put payloads there that are too large for them. */
export function keepBytes(
  db: Queryable,
): (bytes: Uint8Array) => Promise<{ readonly sha256: string; readonly bytes: number }> {
  return async (bytes) => ({
    sha256: await saveBlob(db, { bytes, mime: 'application/octet-stream' }),
    bytes: bytes.byteLength,
  });
}
