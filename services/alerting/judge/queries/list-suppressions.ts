import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const SuppressionRowSchema = z.object({
  detectionId: z.string(),
  campaignId: z.string(),
  reason: z.string(),
  detail: z.string(),
  suppressedAt: z.date(),
});
export type RecordedSuppression = z.infer<typeof SuppressionRowSchema>;

/** The reasons why the detections of one revision of a post raised no alert. */
export async function listSuppressions(db: Queryable, postId: string): Promise<RecordedSuppression[]> {
  const answer = await db.query(
    `SELECT detection_id AS "detectionId", campaign_id AS "campaignId", reason, detail, suppressed_at AS "suppressedAt"
     FROM suppressed_detection WHERE post_id = $1 ORDER BY detection_id`,
    [postId],
  );
  return parseRows(answer, SuppressionRowSchema);
}
