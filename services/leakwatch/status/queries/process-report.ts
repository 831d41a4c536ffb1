import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

/** A process's report on itself. It names no creator, campaign, term or asset. */
const ProcessStandingSchema = z.strictObject({
  /** Readiness checks by name: `ok`, or what is wrong. */
  checks: z.record(z.string(), z.string()),
  /** Stage → when it last went round its loop, in seconds since 1970. */
  heartbeats: z.record(z.string(), z.number()),
  /** Lane → version of the watch list that it matches against. */
  watchLists: z.record(z.string(), z.int()),
});
export type ProcessStanding = z.infer<typeof ProcessStandingSchema>;

const ReportSchema = z.object({
  processId: z.string(),
  name: z.string(),
  host: z.string(),
  pid: z.int(),
  version: z.string(),
  startedAt: z.date(),
  silentSeconds: z.number(),
  standing: ProcessStandingSchema,
});
export type ProcessReport = z.infer<typeof ReportSchema>;

/** As the process sends it: the reader works out how long it has been silent. */
export type OwnProcessReport = Omit<ProcessReport, 'silentSeconds'>;

/** Saves a process's current report in place of its last. */
export async function saveProcessReport(db: Queryable, report: OwnProcessReport): Promise<void> {
  await db.query(
    `INSERT INTO process_report (process_id, name, host, pid, version, started_at, reported_at, report)
     VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp(), $7)
     ON CONFLICT (process_id) DO UPDATE SET reported_at = excluded.reported_at, report = excluded.report`,
    [
      report.processId,
      report.name,
      report.host,
      report.pid,
      report.version,
      report.startedAt,
      JSON.stringify(report.standing),
    ],
  );
}

/** Deletes the report of a process that ended in order: it is not missed. */
export async function deleteProcessReport(db: Queryable, processId: string): Promise<void> {
  await db.query('DELETE FROM process_report WHERE process_id = $1', [processId]);
}

/** Deletes reports of processes that ended otherwise, after this long. */
export async function forgetProcessReports(db: Queryable, olderThanMs: number): Promise<void> {
  await db.query("DELETE FROM process_report WHERE reported_at < clock_timestamp() - $1 * interval '1 ms'", [
    olderThanMs,
  ]);
}

/** Every process that has reported and not left, by name and age. */
export async function listProcessReports(db: Queryable): Promise<ProcessReport[]> {
  const answer = await db.query(
    `SELECT process_id AS "processId", name, host, pid, version, started_at AS "startedAt",
       extract(epoch FROM clock_timestamp() - reported_at)::float8 AS "silentSeconds", report AS standing
     FROM process_report ORDER BY name, started_at`,
  );
  return parseRows(answer, ReportSchema);
}
