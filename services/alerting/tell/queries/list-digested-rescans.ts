import { RescanCauseSchema, RescanStateSchema } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const DigestedRescanSchema = z.object({
  id: z.string(),
  cause: RescanCauseSchema,
  state: RescanStateSchema,
  /** Fingerprints that it looked at. */
  fingerprints: z.int(),
  findings: z.int(),
  /** Alerts that one of its findings opened. */
  alertsOpened: z.int(),
  /** Older alerts that its findings joined. */
  alertsJoined: z.int(),
});
/** The outcome of a re-scan, in numbers. */
export type DigestedRescan = z.infer<typeof DigestedRescanSchema>;

/** The re-scans in a digest, in the order in which they ended. */
export async function listDigestedRescans(db: Queryable, digestId: string): Promise<DigestedRescan[]> {
  const answer = await db.query(
    `SELECT j.id, j.cause, j.state,
       (SELECT coalesce(sum(c.examined), 0)::int FROM rescan_count c WHERE c.job_id = j.id) AS fingerprints,
       (SELECT count(*)::int FROM rescan_finding f WHERE f.job_id = j.id) AS findings,
       count(touched.alert_id) FILTER (WHERE touched.opened)::int AS "alertsOpened",
       count(touched.alert_id) FILTER (WHERE NOT touched.opened)::int AS "alertsJoined"
     FROM digest_rescan d
     JOIN rescan_job j ON j.id = d.job_id
     LEFT JOIN LATERAL (
       SELECT o.alert_id, min(o.position) = (
         SELECT min(e.position) FROM alert_occurrence e WHERE e.alert_id = o.alert_id
       ) AS opened
       FROM rescan_finding f JOIN alert_occurrence o ON o.detection_id = f.detection_id
       WHERE f.job_id = j.id AND o.detection ->> 'rescanJobId' = j.id
       GROUP BY o.alert_id
     ) touched ON true
     WHERE d.digest_id = $1
     GROUP BY j.id ORDER BY j.finished_at, j.id`,
    [digestId],
  );
  return parseRows(answer, DigestedRescanSchema);
}
