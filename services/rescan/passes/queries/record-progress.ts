import { type Queryable } from '@leakwatch/store';

/** A job's counts for a batch. */
export interface JobCount {
  readonly jobId: string;
  readonly examined: number;
  readonly unreadable: number;
}

/**
 * Moves a pass in a partition from `at` to `to`, and adds its jobs' counts. False, without a change, if it is no longer
 * at `at`: another worker was there.
 */
export async function recordRescanProgress(
  db: Queryable,
  step: { passId: string; partition: number; at: bigint; to: bigint; counts: readonly JobCount[] },
): Promise<boolean> {
  const { counts } = step;
  const { rows } = await db.query({
    name: 'rescan-record-progress',
    text: `WITH moved AS (
        UPDATE rescan_partition SET at_offset = $4
        WHERE pass_id = $1 AND partition = $2 AND at_offset = $3 RETURNING partition
      ), counted AS (
        INSERT INTO rescan_count AS c (job_id, partition, examined, unreadable)
        SELECT job, moved.partition, examined, unreadable
        FROM moved, unnest($5::text[], $6::bigint[], $7::bigint[]) AS n (job, examined, unreadable)
        ON CONFLICT (job_id, partition) DO UPDATE
          SET examined = c.examined + excluded.examined, unreadable = c.unreadable + excluded.unreadable
      )
      SELECT partition FROM moved`,
    values: [
      step.passId,
      step.partition,
      String(step.at),
      String(step.to),
      counts.map(({ jobId }) => jobId),
      counts.map(({ examined }) => examined),
      counts.map(({ unreadable }) => unreadable),
    ],
  });
  return rows.length === 1;
}
