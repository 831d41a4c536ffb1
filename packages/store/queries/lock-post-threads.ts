import { z } from 'zod';
import { parseRows } from '../parse-rows.ts';
import { type Queryable } from '../queryable.ts';

/** How far a post has come. */
export interface PostThreadState {
  readonly revision: number;
  readonly postId: string;
}

/** pg gives a bigint as text; a revision is a safe integer by its contract. */
const RowSchema = z.object({ thread_id: z.string(), revision: z.coerce.number(), post_id: z.string() });

/**
 * Locks threads until the transaction ends, those that are new, too, and gives what is known of the others. The locks
 * are taken in one order, so that two batches never wait for each other.
 */
export async function lockPostThreads(
  tx: Queryable,
  threadIds: readonly string[],
): Promise<Map<string, PostThreadState>> {
  const ids = [...new Set(threadIds)];
  if (ids.length === 0) return new Map();
  // A conflict locks the row even though WHERE lets no update happen.
  await tx.query(
    `INSERT INTO post_thread AS known (thread_id, revision, post_id)
     SELECT thread_id, 0, '' FROM unnest($1::text[]) AS wanted (thread_id) ORDER BY thread_id
     ON CONFLICT (thread_id) DO UPDATE SET revision = known.revision WHERE false`,
    [ids],
  );
  // A statement of its own: it sees what those that held the locks before have committed.
  const answer = await tx.query(
    'SELECT thread_id, revision, post_id FROM post_thread WHERE thread_id = ANY ($1) AND revision > 0',
    [ids],
  );
  return new Map(
    parseRows(answer, RowSchema).map((row) => [
      row.thread_id,
      { revision: row.revision, postId: row.post_id },
    ]),
  );
}
