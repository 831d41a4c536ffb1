import { type RescanCause, type RescanRequest } from '@leakwatch/contracts';
import { type Queryable } from '@leakwatch/store';

export interface NewRescanJob {
  readonly id: string;
  readonly cause: RescanCause;
  readonly request: RescanRequest;
  readonly requestedBy: string;
  readonly at: Date;
}

/** Creates a waiting job; false if its id exists, and then that job stays as it is. */
export async function createRescanJob(tx: Queryable, job: NewRescanJob): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO rescan_job (id, cause, request, requested_by, state, created_at)
     VALUES ($1, $2, $3, $4, 'waiting', $5) ON CONFLICT DO NOTHING`,
    [job.id, job.cause, JSON.stringify(job.request), job.requestedBy, job.at],
  );
  return rowCount === 1;
}
