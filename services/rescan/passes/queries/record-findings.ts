import { FindingStandingSchema, type Detection, type FindingStanding } from '@leakwatch/contracts';
import { parseRows, secretDetection, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

export interface NewFinding {
  readonly jobId: string;
  readonly detection: Detection;
  /** The caller says which findings are gone; the standing of the others comes from the tables. */
  readonly removed: boolean;
}

const FindingRowSchema = z.object({
  jobId: z.string(),
  detectionId: z.string(),
  standing: FindingStandingSchema,
});

/**
 * Records findings. A finding keeps the standing that was recorded first: after its detections have become alerts, a
 * repeated batch must not find them all known.
 *
 * @returns the standing of each, in no order
 */
export async function recordRescanFindings(
  db: Queryable,
  findings: readonly NewFinding[],
  at: Date,
): Promise<{ jobId: string; detectionId: string; standing: FindingStanding }[]> {
  if (findings.length === 0) return [];
  const jobs = findings.map(({ jobId }) => jobId);
  const ids = findings.map(({ detection }) => detection.id);
  await db.query(
    `INSERT INTO rescan_finding (job_id, detection_id, standing, detection, found_at)
     SELECT job, id,
       CASE WHEN removed THEN 'removed'
            WHEN EXISTS (SELECT FROM alert_occurrence o WHERE o.detection_id = id) THEN 'known'
            WHEN EXISTS (SELECT FROM suppressed_detection s WHERE s.detection_id = id) THEN 'suppressed'
            ELSE 'new' END,
       detection, $5
     FROM unnest($1::text[], $2::text[], $3::boolean[], $4::json[]) AS finding (job, id, removed, detection)
     ON CONFLICT DO NOTHING`,
    [
      jobs,
      ids,
      findings.map(({ removed }) => removed),
      findings.map(({ detection }) => secretDetection(detection)),
      at,
    ],
  );
  const answer = await db.query(
    `SELECT job_id AS "jobId", detection_id AS "detectionId", standing FROM rescan_finding
     WHERE (job_id, detection_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
    [jobs, ids],
  );
  return parseRows(answer, FindingRowSchema);
}
