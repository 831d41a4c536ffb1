import { type Queryable } from '../queryable.ts';

export interface BytesToKeep {
  /** Of the bytes, in lower-case hex; the database refuses another. */
  readonly sha256: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
}

/** So many bytes go in one statement, or one medium that is larger. */
const STATEMENT_BYTES = 4 * 1024 * 1024;

/**
 * Keeps bytes that evidence may come to name. Those that are there stay as they are, and count as handed in now. Commits each
 * statement on its own unless it is given a transaction: in order of their hashes, so that two processes never wait for each
 * other.
 */
export async function keepEvidenceBytes(db: Queryable, kept: readonly BytesToKeep[]): Promise<void> {
  const distinct = [...new Map(kept.map((one) => [one.sha256, one])).values()];
  distinct.sort((one, other) => (one.sha256 < other.sha256 ? -1 : 1));
  for (const some of inStatements(distinct)) {
    await db.query({
      name: 'keep-evidence-bytes',
      text: `INSERT INTO kept_bytes (sha256, mime, bytes)
             SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[]) ${STAYS}`,
      values: [
        some.map(({ sha256 }) => sha256),
        some.map(({ mime }) => mime),
        some.map(({ bytes }) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
      ],
    });
  }
}

/** Keeps what ingest has as blobs, so far as it is there and is what its hash says. */
export async function keepEvidenceBlobs(db: Queryable, sha256s: readonly string[]): Promise<void> {
  if (sha256s.length === 0) return;
  await db.query({
    name: 'keep-evidence-blobs',
    text: `INSERT INTO kept_bytes (sha256, mime, bytes)
           SELECT sha256, mime, bytes FROM blob
           WHERE sha256 = ANY ($1) AND sha256 = encode(sha256(bytes), 'hex') ORDER BY sha256 ${STAYS}`,
    values: [sha256s],
  });
}

/** A post that is found by many items, or twice in an hour, is not written again for each. */
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
