import { type Queryable } from '@leakwatch/store';

/**
 * Takes the turn to send the next canary. True for one process per interval, and only if there is a watch list: without
 * one a matcher watches for nothing.
 */
export async function takeCanaryTurn(db: Queryable, intervalMs: number): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE canary_turn SET taken_at = clock_timestamp()
     WHERE taken_at <= clock_timestamp() - $1 * interval '1 ms' AND EXISTS (SELECT 1 FROM watch_list_version)`,
    [intervalMs],
  );
  return rowCount === 1;
}
