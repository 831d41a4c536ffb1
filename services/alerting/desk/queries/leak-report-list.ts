import { ReporterClassSchema, type LeakReportState } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { LEAK_REPORT_COLUMNS, LeakReportSchema, type LeakReport } from './leak-report-row.ts';

export interface LeakReportFilter {
  /** Null: all of them. */
  readonly state: LeakReportState | null;
  /** Null: of any alert or none. */
  readonly alertId: string | null;
  readonly limit: number;
}

/** Reports, the newest first. */
export async function listLeakReports(
  db: Queryable,
  { state, alertId, limit }: LeakReportFilter,
): Promise<LeakReport[]> {
  const answer = await db.query(
    `SELECT ${LEAK_REPORT_COLUMNS} FROM leak_report
     WHERE ($1::text IS NULL OR state = $1) AND ($2::text IS NULL OR alert_id = $2)
     ORDER BY received_at DESC, id LIMIT $3`,
    [state, alertId, limit],
  );
  return parseRows(answer, LeakReportSchema);
}

/**
 * Reports with an id that begins so, locked. Two at most: enough to tell that a prefix is ambiguous.
 *
 * @param prefix - hexadecimal digits
 */
export async function lockLeakReportsByPrefix(tx: Queryable, prefix: string): Promise<LeakReport[]> {
  const answer = await tx.query(
    // `g` sorts after every hexadecimal digit.
    `SELECT ${LEAK_REPORT_COLUMNS} FROM leak_report WHERE id >= $1 AND id < $1 || 'g' ORDER BY id LIMIT 2 FOR UPDATE`,
    [prefix],
  );
  return parseRows(answer, LeakReportSchema);
}

const CountSchema = z.object({
  reporterClass: ReporterClassSchema,
  reports: z.int(),
  /** Those that were judged, directly or by a verdict on the alert that has their post. */
  judged: z.int(),
  /** Those of them that were leaks. */
  leaks: z.int(),
});
export type LeakReportCount = z.infer<typeof CountSchema>;

/** Counts the outcome of reports by reporter. */
export async function countLeakReports(db: Queryable): Promise<LeakReportCount[]> {
  const answer = await db.query(
    `SELECT reporter_class AS "reporterClass", count(*)::integer AS reports,
       count(*) FILTER (WHERE is_leak IS NOT NULL)::integer AS judged, count(*) FILTER (WHERE is_leak)::integer AS leaks
     FROM (
       SELECT r.reporter_class, CASE
         WHEN r.state = 'dismissed' THEN false
         WHEN r.state = 'reviewed' THEN r.verdict = 'leak'
         WHEN r.state = 'attached' THEN (
           SELECT v.verdict = 'confirmed' FROM alert a JOIN alert_verdict v ON v.alert_id = coalesce(a.duplicate_of, a.id)
           WHERE a.id = r.alert_id ORDER BY v.id DESC LIMIT 1
         )
       END AS is_leak
       FROM leak_report r
     ) judged
     GROUP BY reporter_class ORDER BY reporter_class`,
  );
  return parseRows(answer, CountSchema);
}
