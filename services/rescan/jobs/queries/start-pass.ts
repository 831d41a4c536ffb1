import { type Queryable } from '@leakwatch/store';

/** The range of a partition that a pass reads: `to` is exclusive. */
export interface PassRange {
  readonly partition: number;
  readonly from: bigint;
  readonly to: bigint;
}

export interface NewRescanPass {
  readonly id: string;
  readonly watchListVersion: number;
  readonly jobIds: readonly string[];
  readonly ranges: readonly PassRange[];
  readonly at: Date;
}

/** Starts a pass and its jobs. */
export async function startRescanPass(tx: Queryable, pass: NewRescanPass): Promise<void> {
  await tx.query('INSERT INTO rescan_pass (id, watch_list_version, started_at) VALUES ($1, $2, $3)', [
    pass.id,
    pass.watchListVersion,
    pass.at,
  ]);
  await tx.query(
    `INSERT INTO rescan_partition (pass_id, partition, from_offset, to_offset, at_offset)
     SELECT $1, p, f, t, f FROM unnest($2::integer[], $3::bigint[], $4::bigint[]) AS range (p, f, t)`,
    [
      pass.id,
      pass.ranges.map(({ partition }) => partition),
      pass.ranges.map(({ from }) => String(from)),
      pass.ranges.map(({ to }) => String(to)),
    ],
  );
  await tx.query(`UPDATE rescan_job SET state = 'running', pass_id = $1 WHERE id = ANY ($2)`, [
    pass.id,
    pass.jobIds,
  ]);
}
