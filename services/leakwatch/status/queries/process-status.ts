import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

/** A process's account of itself. It names no creator, campaign, term or asset. */
const ProcessStandingSchema = z.strictObject({
  /** Readiness checks by name: `ok`, or what is wrong. */
  checks: z.record(z.string(), z.string()),
  /** Things that people should know although it is ready, by name; absent if there are none. */
  warnings: z.record(z.string(), z.string()).optional(),
  /** Stage → when it last went round its loop, in seconds since 1970. */
  heartbeats: z.record(z.string(), z.number()),
  /** Lane → version of the watch list that it matches against. */
  watchLists: z.record(z.string(), z.int()),
});
export type ProcessStanding = z.infer<typeof ProcessStandingSchema>;

const ProcessStatusSchema = z.object({
  processId: z.string(),
  name: z.string(),
  host: z.string(),
  pid: z.int(),
  version: z.string(),
  startedAt: z.date(),
  silentSeconds: z.number(),
  standing: ProcessStandingSchema,
});
export type ProcessStatus = z.infer<typeof ProcessStatusSchema>;

/** The status as its process writes it. The reader works out how long the process has been silent. */
export type OwnProcessStatus = Omit<ProcessStatus, 'silentSeconds'>;

/** Saves a process's current status in place of its last. */
export async function saveProcessStatus(db: Queryable, status: OwnProcessStatus): Promise<void> {
  await db.query(
    `INSERT INTO process_status (process_id, name, host, pid, version, started_at, written_at, standing)
     VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp(), $7)
     ON CONFLICT (process_id) DO UPDATE SET written_at = excluded.written_at, standing = excluded.standing`,
    [
      status.processId,
      status.name,
      status.host,
      status.pid,
      status.version,
      status.startedAt,
      JSON.stringify(status.standing),
    ],
  );
}

/** Deletes the status of a process that ended in order: it is not missed. */
export async function deleteProcessStatus(db: Queryable, processId: string): Promise<void> {
  await db.query('DELETE FROM process_status WHERE process_id = $1', [processId]);
}

/** Deletes the statuses of processes that ended otherwise, after this long. Gives their number. */
export async function forgetProcessStatuses(db: Queryable, olderThanMs: number): Promise<number> {
  const { rowCount } = await db.query(
    "DELETE FROM process_status WHERE written_at < clock_timestamp() - $1 * interval '1 ms'",
    [olderThanMs],
  );
  return rowCount ?? 0;
}

/** Lists the processes that have written a status and not left, by name and age. */
export async function listProcessStatuses(db: Queryable): Promise<ProcessStatus[]> {
  const answer = await db.query(
    `SELECT process_id AS "processId", name, host, pid, version, started_at AS "startedAt",
       extract(epoch FROM clock_timestamp() - written_at)::float8 AS "silentSeconds", standing
     FROM process_status ORDER BY name, started_at`,
  );
  return parseRows(answer, ProcessStatusSchema);
}
