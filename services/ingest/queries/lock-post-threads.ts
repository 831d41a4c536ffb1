import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

/** The newest known state of a post. */
export interface PostThreadState {
  readonly revision: number;
  readonly postId: string;
  /** Digests of the newest contents that were published, oldest first; empty if none is known. */
  readonly contents: readonly string[];
  /** The time of the newest deletion; null without one. */
  readonly deletedAt: Date | null;
  /** True if the newest event was a deletion. */
  readonly isDeleted: boolean;
}

/** pg returns a bigint as text; a revision is a safe integer by its contract. */
const KnownRow = z.object({
  thread_id: z.string(),
  revision: z.coerce.number(),
  post_id: z.string(),
  contents: z.string(),
  deleted_at: z.date().nullable(),
  is_deleted: z.boolean(),
});
const NewRow = z.object({ thread_id: z.string() });

/**
 * Locks threads until the transaction ends, and returns the state of those that existed. The same statement inserts the
 * others: most posts are new, and need no other write. Locks are taken in one order, so that two batches never deadlock.
 *
 * @param ifNew - the state of each thread that does not exist yet
 */
export async function lockPostThreads(
  tx: Queryable,
  ifNew: ReadonlyMap<string, PostThreadState>,
): Promise<Map<string, PostThreadState>> {
  if (ifNew.size === 0) return new Map();
  // A conflict locks the row although WHERE prevents the update.
  const inserted = await tx.query(
    `INSERT INTO post_thread AS known (thread_id, revision, post_id, contents, deleted_at, is_deleted)
     SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::boolean[])
       AS new (thread_id, revision, post_id, contents, deleted_at, is_deleted) ORDER BY thread_id
     ON CONFLICT (thread_id) DO UPDATE SET revision = known.revision WHERE false
     RETURNING thread_id`,
    threadColumns(ifNew),
  );
  const fresh = new Set(parseRows(inserted, NewRow).map((row) => row.thread_id));
  const others = [...ifNew.keys()].filter((threadId) => !fresh.has(threadId));
  if (others.length === 0) return new Map();
  // A separate statement: it sees what earlier holders of the locks committed.
  const answer = await tx.query(
    `SELECT thread_id, revision, post_id, contents, deleted_at, is_deleted
     FROM post_thread WHERE thread_id = ANY ($1)`,
    [others],
  );
  return new Map(parseRows(answer, KnownRow).map((row) => [row.thread_id, stateOf(row)]));
}

function stateOf(row: z.infer<typeof KnownRow>): PostThreadState {
  return {
    revision: row.revision,
    postId: row.post_id,
    contents: row.contents === '' ? [] : row.contents.split(' '),
    deletedAt: row.deleted_at,
    isDeleted: row.is_deleted,
  };
}

/** The states of threads as parallel arrays, for `unnest`. */
export function threadColumns(threads: ReadonlyMap<string, PostThreadState>): unknown[] {
  const states = [...threads.values()];
  return [
    [...threads.keys()],
    states.map((state) => state.revision),
    states.map((state) => state.postId),
    states.map((state) => state.contents.join(' ')),
    states.map((state) => state.deletedAt),
    states.map((state) => state.isDeleted),
  ];
}
