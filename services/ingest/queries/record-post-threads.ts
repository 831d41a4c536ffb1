import { type Queryable } from '@leakwatch/store';
import { type PostThreadState } from './lock-post-threads.ts';

/** Writes the new state of threads, in the transaction that locked them. */
export async function recordPostThreads(
  tx: Queryable,
  threads: ReadonlyMap<string, PostThreadState>,
): Promise<void> {
  if (threads.size === 0) return;
  const states = [...threads.values()];
  await tx.query(
    `UPDATE post_thread SET revision = moved.revision, post_id = moved.post_id, updated_at = now()
     FROM unnest($1::text[], $2::bigint[], $3::text[]) AS moved (thread_id, revision, post_id)
     WHERE post_thread.thread_id = moved.thread_id`,
    [[...threads.keys()], states.map((state) => state.revision), states.map((state) => state.postId)],
  );
}
