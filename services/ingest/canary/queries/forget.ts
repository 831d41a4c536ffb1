import { type Queryable } from '@leakwatch/store';

/** Deletes canaries older than this, with what ingest kept of their posts. */
export async function forgetCanaries(db: Queryable, olderThanMs: number): Promise<void> {
  await db.query(
    `WITH old AS (
       DELETE FROM canary_probe WHERE sent_at < clock_timestamp() - $1 * interval '1 ms' RETURNING thread_id
     )
     DELETE FROM post_thread WHERE thread_id IN (SELECT thread_id FROM old)`,
    [olderThanMs],
  );
}
