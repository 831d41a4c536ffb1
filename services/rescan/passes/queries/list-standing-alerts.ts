import { DetectionSchema, type Lane } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const RowSchema = z.object({ detection: DetectionSchema });

/** A detection in an alert that still stands in its post, as far as is known. */
export type StandingAlert = z.infer<typeof RowSchema>['detection'];

/** Lists one lane's alerted detections of these posts, in all revisions. */
export async function listStandingAlerts(
  db: Queryable,
  threadIds: readonly string[],
  lane: Lane,
): Promise<StandingAlert[]> {
  const answer = await db.query(
    `SELECT detection FROM alert_occurrence WHERE thread_id = ANY ($1) AND lane = $2 AND removed_at IS NULL`,
    [threadIds, lane],
  );
  return parseRows(answer, RowSchema).map(({ detection }) => detection);
}
