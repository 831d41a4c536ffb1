import { RescanRequestSchema } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const PassRowSchema = z.object({
  id: z.string(),
  watchListVersion: z.int(),
  /** The running jobs; paused and cancelled ones get nothing. */
  jobs: z.array(z.object({ id: z.string(), request: RescanRequestSchema })),
  ranges: z.array(
    z
      .object({ partition: z.int(), from: z.string(), to: z.string() })
      .transform(({ partition, from, to }) => ({ partition, from: BigInt(from), to: BigInt(to) })),
  ),
});
export type OpenPass = z.infer<typeof PassRowSchema>;

/** Lists unfinished passes with a running job, the oldest first. */
export async function listOpenPasses(db: Queryable): Promise<OpenPass[]> {
  const answer = await db.query(
    `SELECT p.id, p.watch_list_version AS "watchListVersion",
       (SELECT json_agg(json_build_object('id', j.id, 'request', j.request) ORDER BY j.created_at, j.id)
        FROM rescan_job j WHERE j.pass_id = p.id AND j.state = 'running') AS jobs,
       (SELECT json_agg(json_build_object('partition', r.partition, 'from', r.from_offset::text, 'to', r.to_offset::text))
        FROM rescan_partition r WHERE r.pass_id = p.id) AS ranges
     FROM rescan_pass p
     WHERE p.finished_at IS NULL AND EXISTS (SELECT FROM rescan_job j WHERE j.pass_id = p.id AND j.state = 'running')
     ORDER BY p.started_at, p.id`,
  );
  return parseRows(answer, PassRowSchema);
}
