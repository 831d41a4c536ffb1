import { type Detection } from '@leakwatch/contracts';
import { secretDetection, type Queryable } from '@leakwatch/store';

export interface Suppression {
  /** A short word in kebab case, fit for a metric label. */
  readonly reason: string;
  /** The same in a sentence, for people. */
  readonly detail: string;
}

/** Keeps a detection and the reason why it raised no alert; false if it was delivered again. */
export async function saveSuppression(
  db: Queryable,
  detection: Detection,
  { reason, detail }: Suppression,
  at: Date,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `INSERT INTO suppressed_detection (detection_id, reason, detail, creator_id, campaign_id, post_id, suppressed_at,
       detection)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (detection_id) DO UPDATE SET
       reason = excluded.reason, detail = excluded.detail, suppressed_at = excluded.suppressed_at,
       detection = excluded.detection
       WHERE suppressed_detection.reason <> excluded.reason`,
    [
      detection.id,
      reason,
      detail,
      detection.post.creatorId,
      detection.evidence.campaignId,
      detection.post.id,
      at,
      secretDetection(detection),
    ],
  );
  return rowCount === 1;
}

/** Deletes the content of detections suppressed before an instant; the reasons stay. Gives how many. */
export async function forgetSuppressed(db: Queryable, before: Date): Promise<number> {
  const { rowCount } = await db.query(
    'UPDATE suppressed_detection SET detection = NULL WHERE detection IS NOT NULL AND suppressed_at < $1',
    [before],
  );
  return rowCount ?? 0;
}
