import { type Detection } from '@leakwatch/contracts';
import { secretDetection, type Queryable } from '@leakwatch/store';

export interface Removal {
  readonly at: Date;
  readonly by: 'edit' | 'delete';
}

/**
 * Adds a detection to an alert, and deletes the reason why it had raised none before (an embargo may have moved). False
 * if it was in an alert already: then nothing has changed.
 */
export async function addOccurrence(
  tx: Queryable,
  alertId: string,
  detection: Detection,
  removal: Removal | null,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `WITH no_longer AS (
       DELETE FROM suppressed_detection WHERE detection_id = $1
     )
     INSERT INTO alert_occurrence
       (detection_id, alert_id, thread_id, lane, revision, kind, item_id, detection, removed_at, removed_by,
        link, confidence)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     ON CONFLICT (detection_id) DO NOTHING`,
    [
      detection.id,
      alertId,
      detection.post.threadId,
      detection.lane,
      detection.post.revision,
      detection.evidence.kind,
      detection.evidence.itemId,
      secretDetection(detection),
      removal?.at ?? null,
      removal?.by ?? null,
      linkOf(detection),
      detection.evidence.confidence,
    ],
  );
  return rowCount === 1;
}

/** No text column can hold U+0000, and no working address has one. */
function linkOf({ post: { canonicalUrl } }: Detection): string | null {
  return canonicalUrl?.includes('\0') === true ? null : canonicalUrl;
}
