import { type Queryable } from '@leakwatch/store';
import { type ScannedRevision } from './load-scanned-revisions.ts';

/** Keeps the newest revision that a lane has scanned; false if a newer one is known. Nothing comes after a deletion. */
export async function saveScannedRevision(tx: Queryable, scan: ScannedRevision): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO scanned_revision AS known (thread_id, lane, post_id, revision, op, detection_ids, disclosed_campaigns,
       scanned_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (thread_id, lane) DO UPDATE SET
       post_id = excluded.post_id, revision = excluded.revision, op = excluded.op,
       detection_ids = excluded.detection_ids, disclosed_campaigns = excluded.disclosed_campaigns, scanned_at = excluded.scanned_at
       WHERE known.op <> 'delete' AND (excluded.op = 'delete' OR excluded.revision >= known.revision)`,
    [
      scan.threadId,
      scan.lane,
      scan.postId,
      scan.revision,
      scan.op,
      scan.detectionIds,
      scan.disclosedCampaigns,
      scan.scannedAt,
    ],
  );
  return rowCount === 1;
}
