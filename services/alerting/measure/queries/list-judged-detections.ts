import { CANARY_CAMPAIGN_ID, DetectionSchema } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const JudgedDetectionSchema = z.object({
  detection: DetectionSchema,
  /** Null where it raised no alert. */
  alertId: z.string().nullable(),
});
/** A stored detection, and the alert that has it. */
export type JudgedDetection = z.infer<typeof JudgedDetectionSchema>;

export interface JudgedFilter {
  /** Detected at or after it. */
  readonly since: Date | null;
  /** The id of the last detection of the page before; empty for the first page. */
  readonly after: string;
  readonly limit: number;
}

/** Lists stored detections page by page, in the order of their ids. Suppressed ones without content are left out. */
export async function listJudgedDetections(
  db: Queryable,
  { since, after, limit }: JudgedFilter,
): Promise<JudgedDetection[]> {
  const answer = await db.query(
    `SELECT detection, "alertId" FROM (
       SELECT o.detection_id, o.detection, o.alert_id AS "alertId"
       FROM alert_occurrence o JOIN alert a ON a.id = o.alert_id
       WHERE o.detection_id > $1 AND a.campaign_id <> $4
       UNION ALL
       SELECT s.detection_id, s.detection, NULL FROM suppressed_detection s
       WHERE s.detection_id > $1 AND s.detection IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM alert_occurrence o WHERE o.detection_id = s.detection_id)
     ) stored
     WHERE $2::timestamptz IS NULL OR (detection->>'detectedAt')::timestamptz >= $2
     ORDER BY detection_id LIMIT $3`,
    [after, since, limit, CANARY_CAMPAIGN_ID],
  );
  return parseRows(answer, JudgedDetectionSchema);
}
