import { type Lane } from '@leakwatch/contracts';
import { type Queryable } from '@leakwatch/store';

/**
 * Records that a canary is about to be sent, and the lanes that must find it. Call it before the canary is in the log, or
 * its alert could come first.
 */
export async function expectCanary(
  db: Queryable,
  canary: { readonly postId: string; readonly threadId: string; readonly lanes: readonly Lane[] },
): Promise<void> {
  await db.query(
    `INSERT INTO canary_probe (post_id, thread_id, lane, sent_at)
     SELECT $1, $2, lane, clock_timestamp() FROM unnest($3::text[]) AS lane`,
    [canary.postId, canary.threadId, canary.lanes],
  );
}
