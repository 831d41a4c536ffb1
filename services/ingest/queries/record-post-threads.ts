import { type Queryable } from '@leakwatch/store';
import { threadColumns, type PostThreadState } from './lock-post-threads.ts';

/** Writes the new state of threads, in the transaction that locked them. */
export async function recordPostThreads(
  tx: Queryable,
  threads: ReadonlyMap<string, PostThreadState>,
): Promise<void> {
  if (threads.size === 0) return;
  await tx.query(
    `UPDATE post_thread SET revision = moved.revision, post_id = moved.post_id, contents = moved.contents,
       deleted_at = moved.deleted_at, is_deleted = moved.is_deleted, updated_at = now()
     FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::boolean[])
       AS moved (thread_id, revision, post_id, contents, deleted_at, is_deleted)
     WHERE post_thread.thread_id = moved.thread_id`,
    threadColumns(threads),
  );
}
