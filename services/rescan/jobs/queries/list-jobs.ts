import {
  RescanCauseSchema,
  RescanRequestSchema,
  RescanStateSchema,
  type FindingStanding,
  type RescanState,
} from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const CountSchema = z.string().transform(Number);

const JobRowSchema = z.object({
  id: z.string(),
  cause: RescanCauseSchema,
  request: RescanRequestSchema,
  requestedBy: z.string(),
  state: RescanStateSchema,
  /** Jobs with one pass share one reading of the log. */
  passId: z.string().nullable(),
  watchListVersion: z.int().nullable(),
  error: z.string().nullable(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  /** Fingerprints in its pass, and those read so far. */
  total: CountSchema,
  done: CountSchema,
  examined: CountSchema,
  unreadable: CountSchema,
  new: CountSchema,
  suppressed: CountSchema,
  known: CountSchema,
  removed: CountSchema,
});
type JobRow = z.infer<typeof JobRowSchema>;

export interface RescanProgress {
  readonly total: number;
  readonly done: number;
  /** Fingerprints that pass the request's filters. */
  readonly examined: number;
  /** Those of them that could not be matched. */
  readonly unreadable: number;
  readonly findings: Readonly<Record<FindingStanding, number>>;
}

export interface RescanJob extends Omit<
  JobRow,
  'total' | 'done' | 'examined' | 'unreadable' | FindingStanding
> {
  readonly progress: RescanProgress;
}

const JOBS = `
  SELECT j.id, j.cause, j.request, j.requested_by AS "requestedBy", j.state, j.pass_id AS "passId",
    p.watch_list_version AS "watchListVersion", j.error, j.created_at AS "createdAt", p.started_at AS "startedAt",
    j.finished_at AS "finishedAt",
    coalesce(way.total, 0)::text AS total, coalesce(way.done, 0)::text AS done,
    coalesce(seen.examined, 0)::text AS examined, coalesce(seen.unreadable, 0)::text AS unreadable,
    found.new::text AS new, found.suppressed::text AS suppressed, found.known::text AS known, found.removed::text AS removed
  FROM rescan_job j
  LEFT JOIN rescan_pass p ON p.id = j.pass_id
  LEFT JOIN LATERAL (
    SELECT sum(to_offset - from_offset) AS total, sum(at_offset - from_offset) AS done
    FROM rescan_partition WHERE pass_id = j.pass_id
  ) way ON true
  LEFT JOIN LATERAL (
    SELECT sum(examined) AS examined, sum(unreadable) AS unreadable FROM rescan_count WHERE job_id = j.id
  ) seen ON true
  LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE standing = 'new') AS new, count(*) FILTER (WHERE standing = 'suppressed') AS suppressed,
      count(*) FILTER (WHERE standing = 'known') AS known, count(*) FILTER (WHERE standing = 'removed') AS removed
    FROM rescan_finding WHERE job_id = j.id
  ) found ON true`;

/** Lists jobs with their progress, the newest first. */
export async function listRescanJobs(
  db: Queryable,
  filter: { state?: RescanState; limit: number },
): Promise<RescanJob[]> {
  const answer = await db.query(
    `${JOBS} WHERE ($1::text IS NULL OR j.state = $1) ORDER BY j.created_at DESC, j.id LIMIT $2`,
    [filter.state ?? null, filter.limit],
  );
  return parseRows(answer, JobRowSchema).map(describe);
}

/** Null if no job has this id. */
export async function loadRescanJob(db: Queryable, id: string): Promise<RescanJob | null> {
  const [row] = parseRows(await db.query(`${JOBS} WHERE j.id = $1`, [id]), JobRowSchema);
  return row === undefined ? null : describe(row);
}

function describe(row: JobRow): RescanJob {
  const { total, done, examined, unreadable, new: unseen, suppressed, known, removed, ...job } = row;
  return {
    ...job,
    progress: { total, done, examined, unreadable, findings: { new: unseen, suppressed, known, removed } },
  };
}

const StateRowSchema = z.object({ state: RescanStateSchema, jobs: z.int() });

/** Counts jobs by state; states without any are absent. */
export async function countRescanJobs(db: Queryable): Promise<z.infer<typeof StateRowSchema>[]> {
  return parseRows(
    await db.query('SELECT state, count(*)::int AS jobs FROM rescan_job GROUP BY state'),
    StateRowSchema,
  );
}
