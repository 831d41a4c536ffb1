import { type Queryable } from '../queryable.ts';
import { secretBytes, type SecretBytes } from '../sealing/secret.ts';

export interface BytesToKeep {
  /** The hash in lower-case hex; the database refuses a wrong one. */
  readonly sha256: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
}

/** Bytes in one statement, unless a single medium is larger. */
const STATEMENT_BYTES = 4 * 1024 * 1024;

/**
 * Keeps bytes that evidence may name later. Bytes that are there stay, and count as handed in now. Without a
 * transaction each statement commits by itself. They are written in the order of their hashes, so that two processes
 * never deadlock.
 */
export async function keepEvidenceBytes(db: Queryable, kept: readonly BytesToKeep[]): Promise<void> {
  const distinct = [...new Map(kept.map((one) => [one.sha256, one])).values()];
  distinct.sort((one, other) => (one.sha256 < other.sha256 ? -1 : 1));
  for (const some of inStatements(distinct)) {
    const [first] = some;
    if (some.length === 1 && first !== undefined) {
      // A single value goes out as bytes; in an array it would be written as text, of twice the length.
      await db.query({
        name: 'keep-evidence-byte-string',
        text: `INSERT INTO kept_bytes (sha256, mime, bytes) VALUES ($1, $2, $3) ${STAYS}`,
        values: [first.sha256, first.mime, secretOf(first)],
      });
      continue;
    }
    await db.query({
      name: 'keep-evidence-bytes',
      text: `INSERT INTO kept_bytes (sha256, mime, bytes)
             SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[]) ${STAYS}`,
      values: [some.map(({ sha256 }) => sha256), some.map(({ mime }) => mime), some.map(secretOf)],
    });
  }
}

function secretOf({ sha256, bytes }: BytesToKeep): SecretBytes {
  return secretBytes(bytes, { sha256 });
}

/** Keeps what ingest stored as blobs, if it is there and still has its hash. */
export async function keepEvidenceBlobs(db: Queryable, sha256s: readonly string[]): Promise<void> {
  if (sha256s.length === 0) return;
  await db.query({
    name: 'keep-evidence-blobs',
    text: `INSERT INTO kept_bytes (sha256, mime, bytes)
           SELECT sha256, mime, bytes FROM blob
           WHERE sha256 = ANY ($1) AND (sha256 = encode(sha256(bytes), 'hex') OR has_envelope(bytes)) ORDER BY sha256 ${STAYS}`,
    values: [sha256s],
  });
}

/** One of a post's media, with the record of the post. */
export interface MediaToKeep {
  readonly recordSha256: string;
  readonly mediaIndex: number;
  readonly sha256: string;
}

/** Links bytes to a post's record as its media, if both are kept. */
export async function keepEvidenceMedia(db: Queryable, media: readonly MediaToKeep[]): Promise<void> {
  if (media.length === 0) return;
  await db.query({
    name: 'keep-evidence-media',
    text: `INSERT INTO kept_media (record_sha256, media_index, sha256)
           SELECT record.sha256, new.media_index, bytes.sha256
           FROM unnest($1::text[], $2::integer[], $3::text[]) AS new (record_sha256, media_index, sha256)
           JOIN kept_bytes record ON record.sha256 = new.record_sha256
           JOIN kept_bytes bytes ON bytes.sha256 = new.sha256
           ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING`,
    values: [
      media.map(({ recordSha256 }) => recordSha256),
      media.map(({ mediaIndex }) => mediaIndex),
      media.map(({ sha256 }) => sha256),
    ],
  });
}

/** A post matched by many items, or twice in an hour, is not written again each time. */
const STAYS = `ON CONFLICT (sha256) DO UPDATE SET kept_at = excluded.kept_at
  WHERE kept_bytes.kept_at < excluded.kept_at - interval '1 hour'`;

function inStatements(kept: readonly BytesToKeep[]): BytesToKeep[][] {
  const statements: BytesToKeep[][] = [];
  let room = 0;
  for (const one of kept) {
    const current = statements.at(-1);
    if (current !== undefined && one.bytes.byteLength <= room) current.push(one);
    else {
      statements.push([one]);
      room = STATEMENT_BYTES;
    }
    room -= one.bytes.byteLength;
  }
  return statements;
}
