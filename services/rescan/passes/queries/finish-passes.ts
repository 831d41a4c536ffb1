import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { RESCAN_CHANNEL } from '../../jobs/queries/announce-rescan.ts';

const JobRowSchema = z.object({ id: z.string() });

/**
 * Ends passes that have read everything, with their jobs. Records that the log has dropped since the start count as
 * read.
 *
 * @param starts - the first kept offset of each partition of `fingerprints`
 * @returns the jobs that finished
 */
export async function finishRescanPasses(
  tx: Queryable,
  starts: ReadonlyMap<number, bigint>,
  at: Date,
): Promise<string[]> {
  await tx.query(
    `UPDATE rescan_partition r SET at_offset = least(r.to_offset, kept.start)
     FROM unnest($1::integer[], $2::bigint[]) AS kept (partition, start), rescan_pass p
     WHERE p.id = r.pass_id AND p.finished_at IS NULL
       AND kept.partition = r.partition AND r.at_offset < least(r.to_offset, kept.start)`,
    [[...starts.keys()], [...starts.values()].map(String)],
  );
  const answer = await tx.query(
    `WITH ended AS (
       UPDATE rescan_pass p SET finished_at = $1
       WHERE p.finished_at IS NULL
         AND NOT EXISTS (SELECT FROM rescan_partition r WHERE r.pass_id = p.id AND r.at_offset < r.to_offset)
       RETURNING p.id
     ), finished AS (
       UPDATE rescan_job j SET state = 'finished', finished_at = $1
       FROM ended WHERE j.pass_id = ended.id AND j.state IN ('running', 'paused') RETURNING j.id
     )
     SELECT id, pg_notify($2, '') FROM finished`,
    [at, RESCAN_CHANNEL],
  );
  return parseRows(answer, JobRowSchema).map(({ id }) => id);
}
